"""The main job and the folder it leaves behind."""
