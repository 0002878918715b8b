-- Loading from assets/: each path once, and an error where it was asked for if it cannot be.

--- Returns a loader. `load(path)` returns the asset, or nil and why not.
---@generic T
---@param load fun(path: string): T?, string?
---@return fun(path: string): T
return function(load)
   local loaded = {}
   return function(path)
      local asset = loaded[path]
      if not asset then
         local why
         asset, why = load("assets/" .. path)
         if not asset then error(why, 2) end
         loaded[path] = asset
      end
      return asset
   end
end
