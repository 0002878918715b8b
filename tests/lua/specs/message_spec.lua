local message = game.require "message"

TestMessage = {}

function TestMessage:setUp()
   message.define("Hit", { damage = "number", target = "Random", by = "string?", count = "integer?" })
end

local random = game.native.random

function TestMessage:test_listeners_get_the_table_that_was_sent()
   local heard = {}
   local connection = message.on("Hit", function(hit) heard[#heard + 1] = hit end)
   local hit = { damage = 3, target = random }
   message.send("Hit", hit)
   message.send("Hit", hit)
   connection:disconnect()
   message.send("Hit", hit)
   unit.assertEquals(#heard, 2)
   unit.assertIs(heard[1], hit)
end

function TestMessage:test_fields_are_checked()
   for _, case in ipairs {
      { {}, "message.send: Hit.damage: number expected, got nil" },
      { { damage = "3", target = random }, 'Hit.damage: number expected, got "3"' },
      { { damage = 3, target = {} }, "Hit.target: Random expected, got table" },
      { { damage = 3, target = game.native.audio }, "Hit.target: Random expected, got Audio#" },
      { { damage = 3, target = random, by = 4 }, "Hit.by: string expected, got 4" },
      { { damage = 3, target = random, count = 1.5 }, "Hit.count: integer expected, got 1.5" },
      { { damage = 3, target = random, speed = 4 }, 'Hit has no field "speed"' },
      { nil, "Hit: table expected, got nil" },
   } do
      unit.assertErrorMsgContains(case[2], message.send, "Hit", case[1])
   end
   local _, why = pcall(message.send, "Hit", {})
   unit.assertNotStrContains(why, "scripts/message.lua")
   message.send("Hit", { damage = 3, target = random, by = "x", count = 2 })
end

function TestMessage:test_a_message_is_no_event()
   local heard = 0
   local connection = game.require "event".on("Hit", function() heard = heard + 1 end)
   message.send("Hit", { damage = 3, target = random })
   connection:disconnect()
   unit.assertEquals(heard, 0)
end

function TestMessage:test_a_message_may_be_defined_again()
   local heard = 0
   local connection = message.on("Hit", function() heard = heard + 1 end)
   message.define("Hit", { damage = "any" })
   message.send("Hit", { damage = "much" })
   connection:disconnect()
   unit.assertEquals(heard, 1)
end
