-- Numbers that are none, or too large for C: refused by name, never cast.

local VALUES = { "0 / 0", "1 / 0", "-1 / 0", "1e300", "-1e300", "2 ^ 31", "-2 ^ 31 - 1", "2 ^ 63", "2 ^ 64", "1.5", "'0x10'", "' 12 '", "1LL" }

local attacks = {}
local function add(name, body, cause)
   attacks[#attacks + 1] = { name = name, body = body, cause = cause }
end

for _, value in ipairs(VALUES) do
   add(value .. " as an argument", ("return original(self, %s)"):format(value), "Animal.damage: amount: integer")
   add(value .. " as a result", ("return %s"):format(value), "Animal.damage: result: integer")
   add(value .. " as a member", ("self.short_number = %s"):format(value), "Animal.short_number: integer")
end
add("not a number as a length", "local s = ('x'):rep(0 / 0), ('x'):find('x', 0 / 0), ('x'):sub(0 / 0, 1 / 0) return 1")
attacks[#attacks].state = "active"
add("infinity as a place", "pcall(table.insert, {}, 1 / 0, 1) pcall(table.concat, { 1 }, '', -1 / 0, 1 / 0) return 1")
attacks[#attacks].state = "active"
add("not a number as a place", "assert(not pcall(table.insert, {}, 0 / 0, 1)) return 1")
attacks[#attacks].state = "active"
return attacks
