local event = game.require "event"

TestEvent = {}

function TestEvent:test_listeners_hear_in_the_order_of_connecting()
   local heard = {}
   local a = event.on("a", function(x) heard[#heard + 1] = "first" .. x end)
   local b = event.on("a", function(x) heard[#heard + 1] = "second" .. x end)
   event.emit("a", 1)
   a:disconnect()
   event.emit("a", 2)
   b:disconnect()
   event.emit("a", 3)
   unit.assertEquals(heard, { "first1", "second1", "second2" })
end

function TestEvent:test_once_hears_once()
   local count = 0
   event.once("b", function() count = count + 1 end)
   event.emit "b"
   event.emit "b"
   unit.assertEquals(count, 1)
end

function TestEvent:test_disconnecting_and_connecting_while_it_is_emitted()
   local heard, second, late = {}, nil, nil
   local first = event.on("c", function()
      heard[#heard + 1] = 1
      second:disconnect()
      late = event.on("c", function() heard[#heard + 1] = 3 end)
   end)
   second = event.on("c", function() heard[#heard + 1] = 2 end)
   event.emit "c"
   unit.assertEquals(heard, { 1 })
   first:disconnect()
   event.emit "c"
   unit.assertEquals(heard, { 1, 3 })
   late:disconnect()
end

function TestEvent:test_nobody_listens() event.emit("nobody", 1) end

function TestEvent:test_misuse_is_told()
   unit.assertErrorMsgContains('event.on: call: function expected, got nil', event.on, "x")
end
