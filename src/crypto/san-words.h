/* san-words.h - the words of which slips are made: private to this room */
#pragma once

#define SAN_N_WORDS 1296u

extern const char *const san_words[SAN_N_WORDS];
