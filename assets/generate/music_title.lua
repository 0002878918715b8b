--- The title music: slow, wide, a little lonely. A minor, 75 beats a minute, 16 bars, 51.2 seconds.

local instruments = require "instruments"
local master = require "master"
local mixer = require "mixer"
local wave = require "wave"

local music_title = {}

local BEAT, BARS = 0.8, 16
local BAR, STEP = BEAT * 4, BEAT / 4

--- Two bars each: bass note, pad notes.
local CHORDS = {
   { 45, { 57, 60, 64, 67, 71 } },
   { 41, { 57, 60, 64, 67 } },
   { 48, { 55, 60, 64, 67, 71 } },
   { 43, { 55, 59, 62, 64, 69 } },
   { 50, { 53, 57, 60, 64, 69 } },
   { 45, { 55, 60, 64, 71 } },
   { 41, { 53, 57, 60, 67 } },
   { 40, { 52, 57, 59, 64, 68 } },
}

--- { beat from the beginning, length in beats, note }
local MELODY = {
   { 0, 2, 76 }, { 2, 1, 79 }, { 3, 1, 81 }, { 4, 3, 83 }, { 7, 1, 81 },
   { 8, 2, 81 }, { 10, 1, 79 }, { 11, 1, 76 }, { 12, 3, 72 }, { 15, 1, 74 },
   { 16, 2, 76 }, { 18, 1, 74 }, { 19, 1, 72 }, { 20, 4, 79 },
   { 24, 1.5, 71 }, { 25.5, 1.5, 74 }, { 27, 1, 76 }, { 28, 4, 74 },
   { 32, 2, 77 }, { 34, 1, 76 }, { 35, 1, 74 }, { 36, 3, 81 }, { 39, 1, 79 },
   { 40, 2, 76 }, { 42, 1, 72 }, { 43, 1, 71 }, { 44, 3, 69 }, { 47, 1, 71 },
   { 48, 2, 72 }, { 50, 1, 76 }, { 51, 1, 79 }, { 52, 3, 81 }, { 55, 1, 79 },
   { 56, 2, 83 }, { 58, 2, 81 }, { 60, 4, 80 },
}

--- Which chord note each sixteenth of a bar plays, and how many octaves up.
local ARPEGGIO = { { 1, 1 }, { 3, 1 }, { 4, 1 }, { 2, 2 }, { 3, 1 }, { 4, 1 }, { 1, 2 }, { 3, 1 },
   { 4, 1 }, { 2, 2 }, { 3, 2 }, { 1, 2 }, { 4, 1 }, { 3, 1 }, { 2, 1 }, { 4, 1 } }

--- How much of the arpeggio and the drums is there in a bar, 0..1.
local function presence(bar)
   local levels = { 0, 0, 0.3, 0.5, 0.8, 0.9, 1, 1, 1, 1, 1, 1, 0.8, 0.6, 0.4, 0.2 }
   return levels[bar]
end

local function play_chords(mix)
   for i, chord in ipairs(CHORDS) do
      local at = (i - 1) * 2 * BAR
      for _, pitch in ipairs(chord[2]) do
         instruments.pad(mix, at, pitch, BAR * 2 - 0.3, 0.09, 2000)
      end
      for bar = 0, 1 do
         local start = at + bar * BAR
         instruments.bass(mix, start, chord[1] - 12, BEAT * 1.4, 0.17, 320)
         instruments.bass(mix, start + BEAT * 1.5, chord[1] - 12, BEAT * 0.9, 0.14, 320)
         instruments.bass(mix, start + BEAT * 2.75, chord[1], BEAT * 0.5, 0.09, 480)
         instruments.bass(mix, start + BEAT * 3.5, chord[1] - 5, BEAT * 0.4, 0.1, 480)
      end
   end
end

local function play_arpeggio(mix)
   for bar = 1, BARS do
      local chord = CHORDS[math.ceil(bar / 2)][2]
      local level = presence(bar)
      for step, choice in ipairs(ARPEGGIO) do
         if level > 0 then
            local pitch = chord[choice[1]] + 12 * (choice[2] - 1) + 12
            local at = (bar - 1) * BAR + (step - 1) * STEP
            local accent = step % 4 == 1 and 1 or 0.72
            local cutoff = 900 + 3600 * level * (0.6 + 0.4 * math.sin(bar / BARS * 2 * math.pi * 2))
            instruments.pluck(mix, at, pitch, 0.17 * level * accent, cutoff,
               math.sin(step * 1.9) * 0.6)
         end
      end
   end
end

local function play_melody(mix)
   for i, note in ipairs(MELODY) do
      local at = note[1] * BEAT
      instruments.bell(mix, at, note[3], 0.125, i % 2 == 0 and 0.25 or -0.25)
      if note[1] >= 16 and note[1] < 56 then
         instruments.lead(mix, at, note[3] - 12, note[2] * BEAT * 0.92, 0.085)
      end
   end
end

local function play_drums(mix)
   for bar = 5, 14 do
      local at, level = (bar - 1) * BAR, presence(bar)
      instruments.kick(mix, at, 0.4 * level)
      instruments.kick(mix, at + BEAT * 2.5, 0.28 * level)
      if bar > 6 then
         instruments.snare(mix, at + BEAT * 2, 0.34 * level)
      end
      for eighth = 0, 7 do
         instruments.hat(mix, at + eighth * BEAT / 2, (eighth % 2 == 1 and 0.12 or 0.07) * level,
            eighth == 7 and 0.18 or 0.05, 0.3)
      end
   end
end

local function play_wind(mix)
   instruments.wind(mix, 0, 16, 0.055, -0.7, 71)
   instruments.wind(mix, 12, 18, 0.045, 0.7, 72)
   instruments.wind(mix, 34, 20, 0.055, -0.4, 73)
end

--- The finished loop.
function music_title.make()
   local mix = mixer.new(math.floor(BARS * BAR * wave.RATE + 0.5))
   play_chords(mix)
   play_arpeggio(mix)
   play_melody(mix)
   play_drums(mix)
   play_wind(mix)
   local settings = { echo_time = BEAT * 0.75, echo_feedback = 0.55, room_decay = 3.4,
      room_gain = 0.8 }
   local sound = mix:finish(settings, function()
      return 1
   end)
   return master.finish(sound, -19)
end

return music_title
