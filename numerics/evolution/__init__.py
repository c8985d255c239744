"""Evolution of densities by the Fokker-Planck equation, and of wave functions by the Schroedinger equation."""
