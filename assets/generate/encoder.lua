--- Turns sounds into Ogg Vorbis files with `oggenc`.

local encoder = {}

local function succeeded(status)
   return status == 0 or status == true
end

--- Stops with a clear message if the encoder is not installed.
function encoder.require_tool()
   if not succeeded(os.execute "oggenc --version >/dev/null 2>&1") then
      error("oggenc is missing, so sounds cannot be made: install it (Debian, Ubuntu: "
         .. "apt-get install vorbis-tools) or make only the pictures with --only art", 0)
   end
end

local function quoted(path)
   return "'" .. path:gsub("'", "'\\''") .. "'"
end

--- Writes `sound` to `path`. The fixed serial number makes the file the same each time.
function encoder.save(sound, path, quality)
   local raw = path .. ".wav"
   sound:save(raw)
   local command = "oggenc -Q -s 1 -q %g -o %s %s"
   local status = os.execute(command:format(quality, quoted(path), quoted(raw)))
   os.remove(raw)
   if not succeeded(status) then
      error(("oggenc could not write %s"):format(path), 0)
   end
end

return encoder
