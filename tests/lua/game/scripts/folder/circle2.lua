require "folder.circle"
