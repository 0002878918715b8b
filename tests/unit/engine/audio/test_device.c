/* Sound devices that vanish and come; SDL's driver that plays to nowhere stands for them. */
#include "audio/audio.h"
#include "audio/music.h"
#include "clock/clock.h"
#include "support/scratch.h"

#include <SDL_events.h>
#include <criterion/criterion.h>
#include <stdlib.h>

static Scratch scratch;
static MpVfs *vfs;
static MpAssets *assets;
static MpAudio *audio;

/* The next device that is opened is there, or is not. */
static void plug_in(bool is_there)
{
    setenv("SDL_AUDIODRIVER", is_there ? "dummy" : "there-is-no-such-driver", 1);
}

static void start(bool is_there)
{
    static const char wav[] = "RIFF\x2C\0\0\0WAVEfmt \x10\0\0\0\1\0\1\0\xE8\3\0\0\xE8\3\0\0\1\0\x08"
                              "\0data\x08\0\0\0\x80\x80\x80\x80\x80\x80\x80\x80";
    scratch_init(&scratch);
    scratch_write(&scratch, "a.wav", wav, sizeof wav - 1);
    scratch_write(&scratch, "b.wav", wav, sizeof wav - 1);
    vfs = mp_vfs_create(NULL, NULL);
    cr_assert(vfs && mp_vfs_mount_directory(vfs, scratch.path, "/", NULL));
    assets = mp_assets_create(vfs, NULL);
    plug_in(is_there);
    audio = mp_audio_create(assets, false, NULL);
    cr_assert(assets && audio);
    cr_assert_eq(mp_audio_is_silent(audio), !is_there);
}

static void finish(void)
{
    mp_audio_destroy(audio);
    mp_assets_destroy(assets);
    mp_vfs_destroy(vfs);
    scratch_finish(&scratch);
}

TestSuite(device, .fini = finish, .timeout = 30);

static void pull_out(Uint32 device, Uint8 is_capture)
{
    mp_audio_handle_event(audio, &(SDL_Event){.adevice = {.type = SDL_AUDIODEVICEREMOVED,
                                                          .which = device,
                                                          .iscapture = is_capture}});
}

static void expect_news(double now, const char *expected)
{
    const char *news = mp_audio_poll(audio, now);
    cr_expect_str_eq(news ? news : "none", expected, "at %g: %s", now, news ? news : "none");
}

Test(device, that_goes_gives_way_to_another)
{
    start(true);
    MpSound *sound = mp_audio_load_sound(audio, "a.wav", NULL);
    cr_assert(mp_audio_play_music(audio, "b.wav", 1, true, NULL));
    expect_news(0, "none");
    pull_out(2, 0);
    expect_news(1, "the sound device is gone: another one plays on");
    expect_news(2, "none");
    cr_expect_not(mp_audio_is_silent(audio));
    cr_expect(mp_audio_play(audio, sound, 1, 0));
    cr_expect(audio->music->data, "the music began anew");
}

Test(device, that_goes_leaves_silence_until_there_is_one)
{
    start(true);
    MpSound *early = mp_audio_load_sound(audio, "a.wav", NULL);
    plug_in(false);
    pull_out(2, 0);
    expect_news(10, "the sound device is gone: silent until there is one");
    cr_expect(mp_audio_is_silent(audio));
    cr_expect(mp_audio_play(audio, early, 1, 0), "the game does not notice");
    MpSound *late = mp_audio_load_sound(audio, "b.wav", NULL);
    cr_assert(mp_audio_play_music(audio, "b.wav", 1, true, NULL));
    plug_in(true);
    expect_news(10.9, "none");
    cr_expect(mp_audio_is_silent(audio), "it is too soon to try again");
    expect_news(11.1, "there is a sound device again");
    cr_expect(mp_audio_play(audio, early, 1, 0));
    cr_expect(late && mp_audio_play(audio, late, 1, 0), "what was loaded meanwhile is decoded");
    cr_expect(audio->music->data);
}

Test(device, is_looked_for_less_and_less)
{
    start(false);
    double last = mp_clock_seconds(), pause = 0;
    int tries = 0;
    for (int i = 0; i < 2000; i++) {
        double before = audio->device.next_try;
        expect_news(last + i * 0.1, "none");
        tries += audio->device.next_try != before;
        pause = audio->device.pause;
    }
    cr_expect_eq(tries, 10, "after 1, 3, 7, 15, 31, 61 ... 181 seconds, not %d times", tries);
    cr_expect_eq(pause, 30);
    plug_in(true);
    expect_news(last + 300, "there is a sound device again");
}

Test(device, is_told_from_those_that_nobody_opened)
{
    start(true);
    pull_out(0, 0);
    pull_out(2, 1);
    expect_news(1, "none");
}

Test(device, that_is_not_wanted_is_not_looked_for)
{
    start(false);
    mp_audio_destroy(audio);
    plug_in(true);
    audio = mp_audio_create(assets, true, NULL);
    pull_out(2, 0);
    expect_news(1e9, "none");
    cr_expect(mp_audio_is_silent(audio));
}
