/* san-pairing-private.h - where the card that was handed out waits for its number */
#pragma once

#define SAN_STATE_MY_CARD "pair.card"
