#error "only the room `store` may use SQLite: ask it for what you need"
