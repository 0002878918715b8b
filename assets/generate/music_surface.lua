--- The music of the game: driving synthwave. D minor, 100 beats a minute, 24 bars, 57.6 seconds.
---
--- Three parts of eight bars: the ride, the climb, the song.

local instruments = require "instruments"
local master = require "master"
local mixer = require "mixer"
local wave = require "wave"

local music_surface = {}

local BEAT, BARS = 0.6, 24
local BAR, STEP = BEAT * 4, BEAT / 4

local CHORDS = {
   Dm = { 38, { 57, 62, 65, 69 } },
   Bb = { 34, { 58, 62, 65, 70 } },
   F = { 41, { 57, 60, 65, 69 } },
   C = { 36, { 55, 60, 64, 67 } },
   Gm = { 43, { 55, 58, 62, 67 } },
   Asus = { 33, { 57, 62, 64, 69 } },
   A = { 33, { 57, 61, 64, 69 } },
}

local SONG = {
   "Dm", "Dm", "Bb", "Bb", "F", "F", "C", "C",
   "Gm", "Gm", "Dm", "Dm", "Bb", "Bb", "Asus", "A",
   "Dm", "F", "Gm", "Bb", "Dm", "F", "C", "A",
}

--- { beat from the beginning, length in beats, note }
local MELODY = {
   { 32, 2, 74 }, { 34, 1, 70 }, { 35, 1, 74 }, { 36, 3, 79 }, { 39, 1, 77 },
   { 40, 1.5, 77 }, { 41.5, 0.5, 76 }, { 42, 1, 74 }, { 43, 1, 76 }, { 44, 4, 69 },
   { 48, 1.5, 70 }, { 49.5, 0.5, 72 }, { 50, 1, 74 }, { 51, 1, 77 }, { 52, 3, 74 }, { 55, 1, 72 },
   { 56, 2, 74 }, { 58, 2, 76 }, { 60, 3.5, 73 },
   { 64, 1.5, 81 }, { 65.5, 0.5, 79 }, { 66, 1, 77 }, { 67, 1, 74 },
   { 68, 1.5, 72 }, { 69.5, 1.5, 77 }, { 71, 1, 81 },
   { 72, 2, 82 }, { 74, 1, 81 }, { 75, 1, 79 }, { 76, 3, 77 }, { 79, 1, 74 },
   { 80, 1.5, 81 }, { 81.5, 0.5, 79 }, { 82, 1, 77 }, { 83, 1, 81 }, { 84, 3, 84 }, { 87, 1, 81 },
   { 88, 2, 79 }, { 90, 1, 76 }, { 91, 1, 72 }, { 92, 2, 76 }, { 94, 2, 73 },
}

--- Sixteenths of the bass: octave above the root, or nil for a rest.
local BASS = { 0, nil, 0, 0, 12, nil, 0, 0, 0, nil, 0, 12, 0, nil, 12, 0 }

local ARPEGGIO = { { 1, 0 }, { 2, 0 }, { 3, 0 }, { 4, 0 }, { 2, 12 }, { 4, 0 }, { 3, 0 }, { 2, 0 },
   { 1, 12 }, { 4, 0 }, { 3, 0 }, { 2, 12 }, { 4, 0 }, { 3, 0 }, { 2, 0 }, { 3, 0 } }

local function play_bass(mix)
   for bar = 1, BARS do
      local chord = CHORDS[SONG[bar]]
      local bite = bar <= 8 and 420 + bar * 60 or 1050
      for step = 1, 16 do
         local octave = BASS[step]
         if octave then
            local at = (bar - 1) * BAR + (step - 1) * STEP
            local gain = octave == 0 and 0.21 or 0.15
            instruments.bass(mix, at, chord[1] + octave, STEP * 0.82, gain, bite)
         end
      end
   end
end

local function play_pads(mix)
   for bar = 1, BARS do
      -- A chord that stays for two bars is struck once.
      if bar % 2 == 1 or SONG[bar] ~= SONG[bar - 1] then
         local bars = SONG[bar + 1] == SONG[bar] and bar % 2 == 1 and 2 or 1
         local song = bar > 16
         local gain, brightness = song and 0.085 or 0.075, song and 3200 or 2100
         for _, pitch in ipairs(CHORDS[SONG[bar]][2]) do
            instruments.pad(mix, (bar - 1) * BAR, pitch, BAR * bars - 0.25, gain, brightness)
         end
      end
   end
end

--- The filter of the arpeggio opens over each part.
local function play_arpeggio(mix)
   for bar = 1, BARS do
      local chord = CHORDS[SONG[bar]][2]
      local part = (bar - 1) % 8 / 8
      local cutoff = bar <= 8 and 700 + 4600 * part or 2200 + 3200 * math.sin(part * math.pi)
      local gain = bar <= 8 and 0.19 or bar <= 16 and 0.15 or 0.13
      for step, choice in ipairs(ARPEGGIO) do
         local at = (bar - 1) * BAR + (step - 1) * STEP
         local accent = step % 4 == 1 and 1 or step % 2 == 1 and 0.8 or 0.65
         instruments.pluck(mix, at, chord[choice[1]] + choice[2] + 12, gain * accent, cutoff,
            step % 2 == 0 and 0.5 or -0.5)
      end
   end
end

local function play_melody(mix)
   for _, note in ipairs(MELODY) do
      local at = note[1] * BEAT
      instruments.lead(mix, at, note[3], note[2] * BEAT * 0.94, note[1] >= 64 and 0.165 or 0.15)
      if note[1] >= 64 then
         instruments.bell(mix, at, note[3], 0.05, -0.3)
      end
   end
   for bar = 1, 7, 2 do
      local chord = CHORDS[SONG[bar]][2]
      instruments.bell(mix, (bar - 1) * BAR + BEAT * 2, chord[4] + 12, 0.1, 0.4)
      instruments.bell(mix, (bar - 1) * BAR + BEAT * 3.5, chord[3] + 12, 0.075, -0.4)
   end
end

--- Beat and frequency of each tom.
local FILL = { { 2, 165 }, { 2.5, 165 }, { 3, 124 }, { 3.25, 124 }, { 3.5, 92 }, { 3.75, 92 } }

local function play_fill(mix, at)
   for i, tom in ipairs(FILL) do
      instruments.tom(mix, at + tom[1] * BEAT, tom[2], 0.17, 0.6 - i * 0.2)
   end
end

local function play_drums(mix)
   for bar = 1, BARS do
      local at = (bar - 1) * BAR
      for beat = 0, 3 do
         instruments.kick(mix, at + beat * BEAT, 0.46)
         instruments.hat(mix, at + (beat + 0.5) * BEAT, 0.15, 0.09, 0.25)
         if bar > 4 then
            instruments.hat(mix, at + (beat + 0.25) * BEAT, 0.06, 0.035, -0.25)
            instruments.hat(mix, at + (beat + 0.75) * BEAT, 0.07, 0.035, -0.25)
         end
      end
      if bar > 2 then
         instruments.snare(mix, at + BEAT, 0.5)
         instruments.snare(mix, at + BEAT * 3, 0.5)
      end
      if bar % 8 == 0 then
         play_fill(mix, at)
      end
   end
end

--- Everything but drums and melody steps back for the kick, the pumping of the style.
local function ducking(i)
   local since = i / wave.RATE % BEAT
   return 1 - 0.5 * math.exp(-since * 9)
end

--- The finished loop.
function music_surface.make()
   local mix = mixer.new(math.floor(BARS * BAR * wave.RATE + 0.5))
   play_bass(mix)
   play_pads(mix)
   play_arpeggio(mix)
   play_melody(mix)
   play_drums(mix)
   local settings = { echo_time = BEAT * 0.75, echo_feedback = 0.45, room_decay = 2.2,
      room_gain = 0.6 }
   return master.finish(mix:finish(settings, ducking), -17.5)
end

return music_surface
