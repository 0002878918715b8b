--- The few SDL2 and SDL2_image calls that the art generators need, through the FFI.

local ffi = require "ffi"

ffi.cdef [[
   typedef struct SDL_Surface {
      uint32_t flags;
      void *format;
      int w, h, pitch;
      void *pixels;
   } SDL_Surface;

   SDL_Surface *SDL_CreateRGBSurfaceWithFormatFrom(void *pixels, int w, int h, int depth, int pitch,
                                                   uint32_t format);
   SDL_Surface *SDL_ConvertSurfaceFormat(SDL_Surface *surface, uint32_t format, uint32_t flags);
   void SDL_FreeSurface(SDL_Surface *surface);
   const char *SDL_GetError(void);

   SDL_Surface *IMG_Load(const char *file);
   int IMG_SavePNG(SDL_Surface *surface, const char *file);
]]

--- Bytes in memory are red, green, blue, alpha, whatever the machine's byte order.
local PIXELFORMAT_RGBA32 = ffi.abi "le" and 376840196 or 373694468

local function load_library(name, soname)
   local ok, library = pcall(ffi.load, name)
   if ok then
      return library
   end
   ok, library = pcall(ffi.load, soname)
   if ok then
      return library
   end
   error(("cannot load %s or %s: install the %s library first"):format(name, soname, name), 0)
end

local SDL = load_library("SDL2", "libSDL2-2.0.so.0")
local IMG = load_library("SDL2_image", "libSDL2_image-2.0.so.0")

local sdl = {}

local function last_error()
   return ffi.string(SDL.SDL_GetError())
end

--- Writes `width` x `height` RGBA pixels as a PNG file.
function sdl.save_png(pixels, width, height, path)
   local surface = SDL.SDL_CreateRGBSurfaceWithFormatFrom(pixels, width, height, 32, width * 4,
      PIXELFORMAT_RGBA32)
   if surface == nil then
      error(("%s: %s"):format(path, last_error()), 0)
   end
   local status = IMG.IMG_SavePNG(surface, path)
   SDL.SDL_FreeSurface(surface)
   if status ~= 0 then
      error(("cannot write %s: %s"):format(path, last_error()), 0)
   end
end

--- Reads an image; returns its RGBA bytes (owned by the caller), width and height.
function sdl.load_image(path)
   local loaded = IMG.IMG_Load(path)
   if loaded == nil then
      error(("cannot read %s: %s"):format(path, last_error()), 0)
   end
   local surface = SDL.SDL_ConvertSurfaceFormat(loaded, PIXELFORMAT_RGBA32, 0)
   SDL.SDL_FreeSurface(loaded)
   local width, height = surface.w, surface.h
   local pixels = ffi.new("uint8_t[?]", width * height * 4)
   for y = 0, height - 1 do
      local row = ffi.cast("uint8_t *", surface.pixels) + y * surface.pitch
      ffi.copy(pixels + y * width * 4, row, width * 4)
   end
   SDL.SDL_FreeSurface(surface)
   return pixels, width, height
end

return sdl
