-- Loading from assets/: each path once, and an error where it was asked for if it cannot be.

local check = require "library.check"

--- Returns a loader. `load(path)` returns the asset, or nil and why not.
---@generic T
---@param called string what the loader is called: "graphics.texture"
---@param load fun(path: string): T?, string?
---@return fun(path: string): T
return function(called, load)
   local loaded = {}
   return function(path)
      local asset = loaded[path or false]
      if not asset then
         check.string(path, called, "path")
         local why
         asset, why = load("assets/" .. path)
         if not asset then check.fail("%s: %s", called, why) end
         loaded[path] = asset
      end
      return asset
   end
end
