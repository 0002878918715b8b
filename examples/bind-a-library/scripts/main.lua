-- What a script does with a C library: objects, properties, methods, and mistakes that hurt nobody.

local playlist = native.playlist -- mp_vm_set_root() in main.c

local main = {}

local function describe(track)
   return ("%-13s  %-11s %d:%02d %s"):format(track.title, track.artist, math.floor(track.seconds / 60), track.seconds % 60,
      ("*"):rep(track.stars))
end

local function fill()
   playlist:add("Clair de lune", "Debussy", 300).stars = 5
   playlist:add("Vocalise", "Rachmaninov", 375).stars = 4
   playlist:add("Bolero", "Ravel", 900)
end

--- C calls it by name, with mp_vm_call().
function main.run()
   fill()
   for index = 0, playlist.length - 1 do print(describe(playlist:track(index))) end
   print(("%d tracks, %d minutes"):format(playlist.length, playlist.seconds / 60))

   playlist.mode = "LOOP"
   for _ = 1, 4 do print("playing " .. playlist:next().title) end
   print(("played %d times"):format(playlist:track(0).plays))

   -- Fields of one's own stay with the object.
   local bolero = playlist:track(2)
   bolero.mood = "restless"
   print(playlist:track(2).mood)

   -- A mistake is an error that names the method and the parameter.
   print(select(2, pcall(playlist.add, playlist, "Adagio", "Barber", "long")))
   -- So is the use of what C has freed.
   playlist:remove(bolero)
   print(select(2, pcall(function() return bolero.title end)))
end

return main
