---@meta patch
-- For the editor: what `require "patch"` gives a patch. See docs/patching.md.
--
-- What can be overridden is declared beside the classes, in the stubs of each module: there the
-- parameters of `body` have the types of the C function. The declarations here are for functions of
-- the game's own Lua modules.

---@class patch
---Puts `body` in place of a function of `owner`: a class such as native.Dome, or a module's table.
---`body` gets the function that was there as `original`, then the arguments.
---@field override fun(owner: table, name: string, body: function, options?: PatchOptions)
---Runs `body` with the arguments before the function.
---@field before fun(owner: table, name: string, body: function)
---Runs `body` with the arguments after the function, whose result is kept.
---@field after fun(owner: table, name: string, body: function)
local patch = {}

---@class (exact) PatchOptions
---@field on_error? "original"|"default"|"raise" what a failing body's caller gets; "original" without this

---@class (exact) PatchInfo
---@field id? string            how the log and the reports call it; the file's name without this
---@field version? number
---@field author? string
---@field description? string
---@field requires? table<string, string|number> { api = ">=1", ["other-patch"] = ">=2 <4" }
---@field conflicts? string[]   ids of patches with which it cannot be together

---Says what the patch is. Optional.
---@param info PatchInfo
function patch.info(info) end

---Runs `func` when the patch is tried out, with its overrides in effect; an error refuses the patch.
---@param name string
---@param func fun()
function patch.test(name, func) end

---@class (exact) PatchMigration
---@field up fun()     brings the game's state into the shape that the patch needs
---@field down fun()   and back; it must restore all that `up` changed

---Changes the game's state when the patch takes effect, and back when it goes. See docs/reload.md.
---@param steps PatchMigration
function patch.migrate(steps) end

return patch
