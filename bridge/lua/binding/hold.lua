-- What keeps the top level of a patch off the game's objects. While it runs, C is not called, but for
-- reading properties, and nothing is written to: bridge/src/restraint.c has the part of C.

local core = ...

local hold = {
   on = false, -- whether the top level of a patch runs
}

local CALL = "call it in an override, or in patch.migrate { up = ..., down = ... }"
hold.WRITE = "change state in patch.migrate { up = ..., down = ... }"

local file -- of that patch

--- Begins, or with nil ends, what holds while the top level of a patch's file runs.
function hold.set(patch_file)
   hold.on, file = patch_file ~= nil, patch_file
   core.restrain(hold.on)
end

--- "p.lua:2: ", of the innermost function of the patch: it may have called the game's, which go too far.
local function place()
   local level = 1
   local at = debug.getinfo(level, "Sl")
   while at do
      if at.currentline > 0 and at.source:sub(2, #file + 1) == file then
         return ("%s:%d: "):format(at.short_src, at.currentline)
      end
      level = level + 1
      at = debug.getinfo(level, "Sl")
   end
   return file .. ": "
end

--- What a patch is told whose top level goes too far; `what`: "Dome.damage", without `way_out` a call.
function hold.refusal(what, way_out)
   return ("%s%s: a patch's top level only declares; %s"):format(place(), what, way_out or CALL)
end

--- Raises that.
function hold.refuse(what, way_out) error(hold.refusal(what, way_out), 0) end

return hold
