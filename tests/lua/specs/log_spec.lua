local log = game.require "log"

TestLog = {}

local function last() return log.lines(1)[1] end

function TestLog:tearDown()
   log.set_level "info"
   log.update()
end

function TestLog:test_lines_have_level_source_time_and_text()
   local before = log.count()
   log.of("waves"):warn("wave %d: %s", 3, "gunners")
   local line = last()
   unit.assertEquals({ line.level, line.source, line.text }, { "warning", "waves", "wave 3: gunners" })
   unit.assertEquals(line.number, before + 1)
   unit.assertTrue(line.time >= 0 and line.time < 600)
   log.error "100%"
   unit.assertEquals(last().text, "100%")
   unit.assertEquals(last().source, "game")
   log.info(nil)
   unit.assertEquals(last().text, "nil")
   log.info "a\0b"
   unit.assertEquals(last().text, "a?b")
end

function TestLog:test_print_and_the_engine_are_in_it()
   game.print("from", "print")
   unit.assertEquals({ last().source, last().text }, { "engine", "from    print" })
end

function TestLog:test_sources_have_levels()
   local chatty, quiet = log.of "chatty", log.of "quiet"
   log.set_level("debug", "chatty")
   log.set_level("error", "quiet")
   local count = log.count()
   quiet:warn "no"
   log.debug "no"
   unit.assertEquals(log.count(), count)
   chatty:debug "yes"
   unit.assertEquals(last().text, "yes")
   unit.assertEquals({ log.level "chatty", log.level "quiet", log.level(), log.level "other" },
      { "debug", "error", "info", "info" })
   log.set_level "warning"
   log.info "no"
   unit.assertEquals(last().text, "yes")
   unit.assertIs(log.of "chatty", chatty)
end

function TestLog:test_sinks_hear_lines_between_frames()
   log.info "before"
   local heard = {}
   local sink = log.add_sink(function(line) heard[#heard + 1] = line.source .. " " .. line.text end)
   log.info "one"
   game.print "two"
   unit.assertEquals(heard, {})
   log.update()
   unit.assertEquals(heard, { "game one", "engine two" })
   sink:remove()
   log.info "three"
   log.update()
   unit.assertEquals(#heard, 2)
end

function TestLog:test_a_sink_may_log_and_may_fail()
   local heard = 0
   local echo = log.add_sink(function(line)
      heard = heard + 1
      log.info("heard %d", line.number)
   end)
   log.add_sink(function() error "deaf" end)
   log.info "go"
   log.update()
   unit.assertEquals(heard, 1)
   log.update()
   unit.assertEquals(heard, 3) -- its own line, and that the other one is gone
   echo:remove()
   local lines = {}
   for _, line in ipairs(log.lines(6)) do lines[#lines + 1] = line.text end
   unit.assertStrContains(table.concat(lines, "\n"), "a sink was taken away: ")
   unit.assertStrContains(table.concat(lines, "\n"), "deaf")
end

function TestLog:test_the_last_lines_come_the_oldest_first()
   for n = 1, 3 do log.info("line %d", n) end
   local texts = {}
   for index, line in ipairs(log.lines(2)) do texts[index] = line.text end
   unit.assertEquals(texts, { "line 2", "line 3" })
   unit.assertEquals(log.lines(0), {})
   unit.assertTrue(#log.lines() >= 3)
end
