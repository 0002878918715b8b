-- Handles, values and parts of objects, used as if they were pointers or arrays.

local PROBES = {
   { "numbers as indices of an object", "for _, i in ipairs { 0, 1, -1, 4, 2 ^ 45, 0 / 0 } do pcall(function() self[i] = 1 end) assert(self.hp) end" },
   { "arithmetic with an object", "for _, f in ipairs { function() return self + 1 end, function() return self - self end, function() return -self end,\n" ..
      "function() return self .. '' end, function() return #self end, function() return self < self end } do assert(not pcall(f)) end" },
   { "numbers as indices of a value", "for _, i in ipairs { 0, 1, -1, 4, 2 ^ 45 } do assert(not pcall(function() return self.home[i] end))\n" ..
      "assert(not pcall(function() self.home[i] = 1 end)) end" },
   { "arithmetic with a value", "for _, f in ipairs { function() return self.home + {} end, function() return self.home - 'x' end, function() return #self.home end,\n" ..
      "function() return self.home < self.home end } do assert(not pcall(f)) end" },
   { "members of a value that it does not have", "assert(not pcall(function() return native.Vec2(1, 2).z end)) assert(not pcall(function() local v = native.Vec2(1, 2) v.z = 1 end))" },
   { "the type of a value", "local v = native.Vec2(1, 2) assert(type(getmetatable(v)) ~= 'table') assert(not pcall(setmetatable, v, {}))" },
   { "members that are read only", "assert(not pcall(function() self.hp = 3 end)) assert(not pcall(function() self.name = 'x' end)) assert(not pcall(function() self.friend_of = self end))" },
   { "members that C does not show", "self.secret = 1 self.object = { index = 1, generation = 1 } assert(self.hp and self.x) self.secret, self.object = nil, nil" },
   { "a forged handle", "for _, forged in ipairs { {}, { index = 1, generation = 1 }, 1, '1', true, 1LL, coroutine.create(print), print } do\n" ..
      "assert(not pcall(native.Animal.damage, forged, 1)) assert(not pcall(native.Animal.distance, forged, { x = 1, y = 1 })) end" },
   { "a handle of another class", "assert(not pcall(native.Crate.grow, self, {}, {})) assert(not pcall(native.Ball.roll, self)) assert(not pcall(native.Lion.damage, native.toys, 1))" },
   { "a handle whose object is gone", "local ball = native.Ball.new() ball:destroy() assert(not pcall(ball.roll, ball)) assert(not pcall(function() return ball.size end))\n" ..
      "assert(not pcall(function() ball.size = 1 end)) assert(not pcall(function() ball.mine = 1 end))" },
   { "a place that another object took", "local ball = native.Ball.new() ball:destroy() local heir = native.Ball.new()\n" ..
      "assert(not pcall(function() return ball.size end)) assert(ball ~= heir) heir:destroy()" },
   { "a handle that goes in a compiled loop", "local ball = native.Ball.new() local ok = pcall(function() for i = 1, 1000 do if i == 900 then ball:destroy() end ball.size = i end end) assert(not ok)" },
   { "an object that ends in its own event", "local ball = native.Ball.new() ball.rolled_away:connect(function(b) b:destroy() end) pcall(ball.roll, ball) assert(not pcall(ball.roll, ball))" },
   { "values as keys", "local t = {} t[native.Vec2(1, 2)] = 1 assert(t[native.Vec2(1, 2)] == nil) t[self] = 2 assert(t[self] == 2)" },
   { "64-bit integers where numbers are due", "assert(not pcall(original, self, 2 ^ 40)) pcall(original, self, 1LL) pcall(math.floor, 1LL) pcall(string.rep, 'x', 1LL)" },
   { "accessors as functions", "assert(native.Animal.speed == nil or not pcall(native.Animal.speed, 1)) assert(not pcall(function() return native.Animal.get_speed end) or native.Animal.get_speed == nil)" },
}

local attacks = {}
for index, probe in ipairs(PROBES) do
   attacks[index] = { name = probe[1], body = probe[2] .. "\nprint('came through') return original(self, n)", state = "active", cause = "came through" }
end
return attacks
