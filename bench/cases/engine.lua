-- What a game pays for the engine: programs that are started, each in a process of its own, and asked what one of
-- their frames or steps took. Windows are those of Xvfb, with Mesa's software renderer for whoever wants OpenGL.

local tools = ...

local SPRITES, ACTORS = tools.quick and 100 or 10000, 9999
local ROUNDS = tools.quick and 1 or 3 -- each figure is the median of sixty frames and more already
local FRAME = 1000 / 60 -- milliseconds

local SCREEN = "xvfb-run -a -s '-screen 0 1280x720x24' env LIBGL_ALWAYS_SOFTWARE=1 SDL_RENDER_VSYNC=0 "
   .. "SDL_AUDIODRIVER=dummy ALSOFT_DRIVERS=null "

--- All that a command prints; nil if the program is missing or fails.
local function output(command)
   local pipe = io.popen(("{ %s; } 2>/dev/null && echo succeeded"):format(command))
   local text = pipe:read "*a"
   pipe:close()
   return text:match "^(.*)succeeded\n$"
end

--- The number behind a word of what a command printed.
local function number(text, word) return tonumber(text and text:match(word .. " ([%d.]+)")) end

-- ---- sprites ------------------------------------------------------------------------------------

local folder

--- Makes a game of those in games/, with its config.lua.
local function write_game_of(name, text)
   folder = os.tmpname()
   assert(os.remove(folder) and os.execute(("cp -r '%s/games/%s' %s"):format(tools.folder, name, folder)) == 0)
   local config = assert(io.open(folder .. "/scripts/config.lua", "w"))
   config:write(text)
   config:close()
end

local function write_game() write_game_of("sprites", ("return { count = %d }\n"):format(SPRITES)) end

local function remove_game() os.execute("rm -rf " .. folder) end

--- What a frame took, {update, draw, show} in milliseconds, and memory; nil if the program does not run here.
local function read_parts(text)
   return text and {
      update = number(text, "update"), draw = number(text, "draw"), show = number(text, "show"),
      resident = number(text, "resident"),
   }
end

local function play(screen, options)
   return read_parts(output(("%s %s env MOONPATCH_DATA=%s %s --frames 95 --rehearsal off --patch-dir %s/patch "
      .. "--user-dir %s/user %s 2>&1"):format(screen, tools.programs.measure, folder, tools.programs.player, folder, folder, options)))
end

local function play_love(mode)
   return read_parts(output(("%s %s love '%s/peers/sprites' %s %d 2>&1"):format(
      SCREEN, tools.programs.measure, tools.folder, mode, SPRITES)))
end

local function frame(parts) return parts and parts.update + parts.draw + parts.show end

local function sprites_a_frame(parts) return parts and SPRITES * FRAME / frame(parts) end

local function script_part(parts) return parts and (parts.update + parts.draw) * 1e6 / SPRITES end

local rounds = {} -- of the programs in windows, one after the other in each: all rows look at the same ones

local function play_round()
   return { ours = play(SCREEN, "--size 640x360"), batch = play_love "batch", draw = play_love "draw" }
end

--- A function whose calls answer what `read` says of a program's rounds, in turn.
local function each_round(program, read)
   local round = 0
   return function()
      round = round + 1
      rounds[round] = rounds[round] or play_round()
      return read(rounds[round][program])
   end
end

local function resident(parts) return parts and parts.resident end

local cases = {}

local function add(case)
   case.rounds = case.rounds or ROUNDS
   cases[#cases + 1] = case
end

local function add_sprites(case)
   case.prepare = write_game
   case.finish = remove_game
   case.needs = "LÖVE, or Xvfb with OpenGL (packages love, xvfb, libgl1-mesa-dri)"
   add(case)
end

local function add_against_love(mode, what, limit)
   add_sprites {
      name = ("sprites a frame / LÖVE %s"):format(what), unit = "sprites",
      figure = each_round("ours", sprites_a_frame),
      baseline_figure = each_round(mode, sprites_a_frame),
      baseline_name = ("LÖVE 11.4 %s, the same OpenGL"):format(what),
      limit = limit, sense = "min",
   }
end

add_against_love("batch", "SpriteBatch", 2.0)
add_against_love("draw", "draw", 4.0)

local function add_script_part(mode, what)
   add_sprites {
      name = ("a sprite, without the renderer / LÖVE %s"):format(what), unit = "ns",
      figure = each_round("ours", script_part),
      baseline_figure = each_round(mode, script_part),
      baseline_name = ("LÖVE 11.4 %s, update and draw"):format(what),
   }
end

add_script_part("batch", "SpriteBatch")
add_script_part("draw", "draw")

add {
   name = "a sprite, without a display", unit = "ns",
   prepare = write_game, finish = remove_game,
   figure = function() return script_part(play("", "--headless")) end,
}

add_sprites {
   name = "resident memory with these sprites", unit = "KiB",
   figure = each_round("ours", resident),
   baseline_figure = each_round("batch", resident),
   baseline_name = "LÖVE 11.4 SpriteBatch", limit = 1.0,
}

-- ---- actors -------------------------------------------------------------------------------------

local function step(patch)
   local text = output(("%s %d %s"):format(tools.programs.actors, ACTORS, patch and "'" .. patch .. "'" or ""))
   return tonumber(text)
end

add { name = "a step of 10,000 actors in C", unit = "ms", figure = function() return step() end, limit = 2.0 }
add {
   name = "the same, all updates patched", unit = "ms", limit = 6.0,
   figure = function() return step(tools.folder .. "/games/actors.lua") end,
}

-- ---- frames -------------------------------------------------------------------------------------

local function moonbase(frames)
   local user = os.tmpname()
   os.execute(("rm %s && mkdir %s"):format(user, user))
   local text = output(("%s %s --headless --autoplay --seed 3 --rehearsal off --patch-dir %s/patch --user-dir %s "
      .. "--report %s/report.json --frames %d 2>&1 && cat %s/report.json"):format(
      tools.programs.measure, tools.programs.game, user, user, user, frames, user))
   os.execute("rm -rf " .. user)
   return text
end

add {
   name = "start to the first frame of Moonbase", unit = "ms", limit = 150,
   figure = function() return number(moonbase(1), "seconds") * 1000 end,
}

add {
   name = "frame time of Moonbase, p99 / p50", unit = "ms", rounds = 1, limit = 2.0,
   baseline_name = "p50 of 10,000 frames",
   prepare = function() cases.frames = moonbase(tools.quick and 100 or 10000) end,
   figure = function() return number(cases.frames, '"p99":') end,
   baseline_figure = function() return number(cases.frames, '"p50":') end,
}

-- ---- the console --------------------------------------------------------------------------------

local function count_instructions(frames)
   local text = output(("MOONPATCH_DATA=%s valgrind --tool=callgrind --callgrind-out-file=/dev/null %s --headless --no-jit "
      .. "--rehearsal off --frames %d --patch-dir %s/patch --user-dir %s/user 2>&1"):format(
      folder, tools.programs.player, frames, folder, folder))
   return tonumber(text and text:match "Collected : (%d+)")
end

--- What a frame takes, without the start: of a game with a console that was opened and closed, or with none.
local function frame_instructions(has_console)
   write_game_of("console", ("return { console = %s }\n"):format(has_console))
   local few, many = count_instructions(500), count_instructions(tools.quick and 600 or 2500)
   remove_game()
   return few and many and (many - few) / (tools.quick and 100 or 2000)
end

add {
   name = "a frame after the console was closed", unit = "instructions", rounds = 1, limit = 1.05,
   figure = function() return frame_instructions(true) end,
   baseline_figure = function() return frame_instructions(false) end,
   baseline_name = "the same without a console", needs = "callgrind (package valgrind)",
}

-- For whether it runs, no windows, which take seconds each.
if tools.quick then
   for index = #cases, 1, -1 do
      if cases[index].needs then table.remove(cases, index) end
   end
end

return cases
