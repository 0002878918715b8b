---@meta inspector
-- What the game's own scripts get by require "inspector", and patches do not. See docs/security.md.

---@class inspector
local inspector = {}

--- Runs a line, which may be an expression, in the game's environment. Returns true and its results, or false
--- and why not. What the line prints goes to the log, and to `hear`. Raises when a patch is the one that asks.
---@param text string
---@param hear? fun(printed: string)
---@return boolean ok
---@return any ...
function inspector.evaluate(text, hear) end

--- The names that something has, sorted: members of an object, functions of a class, keys of a table.
---@param content any
---@return string[]
function inspector.names(content) end

--- What a name means in a line; nil: nothing.
---@param name string
---@return any
function inspector.look(name) end

--- The names that a line sees, sorted.
---@return string[]
function inspector.globals() end

---@class InspectedPatch
---@field file string
---@field id string
---@field state "staged"|"trial"|"active"|"quarantined"|"refused"|"removed"
---@field cause string?
---@field version number?
---@field overrides string[]
---@field calls number
---@field errors integer
---@field in_effect boolean
---@field has_good boolean whether there is an earlier version to go back to
---@field is_off boolean whether calls pass its functions over
---@field layers InspectedLayer[] of each of its overrides

---@class InspectedLayer
---@field mode "override"|"before"|"after"
---@field calls integer
---@field errors integer
---@field time number? seconds that a call took, with what it called; nil: none was timed
---@field is_off boolean whether calls pass its functions over
---@field layers InspectedLayer[] of each of its overrides

---@class InspectedLayer
---@field mode "override"|"before"|"after"
---@field calls integer
---@field errors integer
---@field time number? seconds that a call took, with what it called; nil: none was timed

--- All patches that there were.
---@return InspectedPatch[]
function inspector.patches() end

--- Takes the patch of a file away before the next frame; its last good version comes back, if there is one.
---@param file string
---@return boolean was_in_effect
function inspector.take_back(file) end

--- Switches the functions of a file's patch off, or on again: calls pass them over, its listeners hear nothing,
--- all else of it stays. A version that comes later is on.
---@param file string
---@param on boolean
---@return boolean is_in_effect
function inspector.switch(file, on) end

--- Whether calls of patches are timed, from the next frame on. They cost more meanwhile, and no more afterwards.
---@param on boolean
function inspector.measure(on) end

--- How many objects there are of each class. Those of a derived class count for that.
---@return { [string]: integer }
function inspector.live_counts() end

--- Live objects of a class, not of those derived from it, from the `first` one on: 256 at most.
---@param name string
---@param first integer
---@return userdata[]
function inspector.live_objects(name, first) end

---@class InspectedProperty
---@field name string
---@field value any
---@field problem string? why it cannot be read
---@field writable boolean
---@field choices string[]? the names of the members of its enum
---@field choice string? the one that it is

--- The properties of an object, sorted by their names.
---@param object userdata
---@return InspectedProperty[]
function inspector.properties(object) end

--- Switches the functions of a file's patch off, or on again: calls pass them over, its listeners hear nothing,
--- all else of it stays. A version that comes later is on.
---@param file string
---@param on boolean
---@return boolean is_in_effect
function inspector.switch(file, on) end

--- Whether calls of patches are timed, from the next frame on. They cost more meanwhile, and no more afterwards.
---@param on boolean
function inspector.measure(on) end

--- How many objects there are of each class. Those of a derived class count for that.
---@return { [string]: integer }
function inspector.live_counts() end

--- Live objects of a class, not of those derived from it, from the `first` one on: 256 at most.
---@param name string
---@param first integer
---@return userdata[]
function inspector.live_objects(name, first) end

---@class InspectedProperty
---@field name string
---@field value any
---@field problem string? why it cannot be read
---@field writable boolean
---@field choices string[]? the names of the members of its enum
---@field choice string? the one that it is

--- The properties of an object, sorted by their names.
---@param object userdata
---@return InspectedProperty[]
function inspector.properties(object) end

return inspector
