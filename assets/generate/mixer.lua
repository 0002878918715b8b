--- A loop being mixed: a dry stereo bus and sends to echo and room.
---
--- Notes that ring past the end of the loop go on at its beginning, and echo and room are run over
--- the loop twice, keeping the second round: so the last sample leads into the first, no seam.

local filter = require "filter"
local space = require "space"
local wave = require "wave"

local mixer = {}
mixer.__index = mixer

--- An empty loop of `frames` samples; notes played with `duck` make room for the kick drum.
function mixer.new(frames)
   return setmetatable({
      frames = frames,
      dry = wave.new(frames, 2),
      ducked = wave.new(frames, 2),
      echo = wave.new(frames, 2),
      room = wave.new(frames, 2),
   }, mixer)
end

--- Adds a voice. `voice(t, i)` is its sample at `t` seconds after its start.
---
--- where = { at, length (seconds), gain, pan (-1..1), echo, room (0..1), duck (true or nil) }
function mixer:play(where, voice)
   local start = math.floor(where.at * wave.RATE + 0.5)
   local angle = ((where.pan or 0) + 1) * math.pi / 4
   local gain = where.gain * 1.414
   local left_gain, right_gain = math.cos(angle) * gain, math.sin(angle) * gain
   local bus = where.duck and self.ducked.channels or self.dry.channels
   local left, right = bus[1], bus[2]
   local echo_left, echo_right = self.echo.channels[1], self.echo.channels[2]
   local room_left, room_right = self.room.channels[1], self.room.channels[2]
   local echo, room = where.echo or 0, where.room or 0
   local frames, at = self.frames, start % self.frames
   for i = 0, math.floor(where.length * wave.RATE) - 1 do
      local sample = voice(i / wave.RATE, i)
      local l, r = sample * left_gain, sample * right_gain
      left[at], right[at] = left[at] + l, right[at] + r
      echo_left[at], echo_right[at] = echo_left[at] + l * echo, echo_right[at] + r * echo
      room_left[at], room_right[at] = room_left[at] + l * room, room_right[at] + r * room
      at = at + 1
      if at == frames then
         at = 0
      end
   end
end

--- Ping-pong echoes of the echo bus, which also feed the room a little.
local function run_echo(self, seconds, feedback)
   local delay_left, delay_right = space.delay(seconds), space.delay(seconds)
   local soft_left, soft_right = filter.low_pass(), filter.low_pass()
   local thin_left, thin_right = filter.high_pass(), filter.high_pass()
   local left, right = self.echo.channels[1], self.echo.channels[2]
   local room_left, room_right = self.room.channels[1], self.room.channels[2]
   local back_left, back_right = 0, 0
   for round = 1, 2 do
      for i = 0, self.frames - 1 do
         local mono = (left[i] + right[i]) * 0.5
         local out_left = delay_left(mono + back_right * feedback)
         local out_right = delay_right(back_left * feedback)
         back_left = thin_left(soft_left(out_left, 3200), 240)
         back_right = thin_right(soft_right(out_right + mono * 0.12, 3200), 240)
         if round == 2 then
            self.dry.channels[1][i] = self.dry.channels[1][i] + back_left
            self.dry.channels[2][i] = self.dry.channels[2][i] + back_right
            room_left[i] = room_left[i] + back_left * 0.3
            room_right[i] = room_right[i] + back_right * 0.3
         end
      end
   end
end

local function run_room(self, decay, gain)
   for channel = 1, 2 do
      local room, thin = space.reverb(decay, 0.3, channel - 1), filter.high_pass()
      local input, output = self.room.channels[channel], self.dry.channels[channel]
      for round = 1, 2 do
         for i = 0, self.frames - 1 do
            local wet = thin(room(input[i]), 180)
            if round == 2 then
               output[i] = output[i] + wet * gain
            end
         end
      end
   end
end

--- Brings all buses together; `ducking(i)` = loudness of the ducked bus by sample.
--- settings = { echo_time, echo_feedback, room_decay, room_gain }
function mixer:finish(settings, ducking)
   for channel = 1, 2 do
      local dry, ducked = self.dry.channels[channel], self.ducked.channels[channel]
      for i = 0, self.frames - 1 do
         dry[i] = dry[i] + ducked[i] * ducking(i)
      end
   end
   run_echo(self, settings.echo_time, settings.echo_feedback)
   run_room(self, settings.room_decay, settings.room_gain)
   return self.dry
end

return mixer
