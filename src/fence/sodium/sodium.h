#error "only the room `crypto` may use libsodium: ask it for what you need"
