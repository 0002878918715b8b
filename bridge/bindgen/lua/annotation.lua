-- What a declaration was annotated with: see moonpatch/annotate.h.

local annotation = {}

--- The argument of annotation `word`, or true if it has none; nil if the declaration does not have it.
function annotation.get(declaration, word)
   for _, text in ipairs(declaration.annotations or {}) do
      if text == word then return true end
      local argument = text:match("^" .. word .. ":(.*)$")
      if argument then return argument end
   end
end

--- The arguments of all annotations `word:argument`, in their order.
function annotation.all(declaration, word)
   local list = {}
   for _, text in ipairs(declaration.annotations or {}) do list[#list + 1] = text:match("^" .. word .. ":(.*)$") end
   return list
end

function annotation.has_any(declaration) return #(declaration.annotations or {}) > 0 end

return annotation
