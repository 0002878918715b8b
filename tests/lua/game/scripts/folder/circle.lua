require "folder.circle2"
