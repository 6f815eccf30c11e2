const { serve, hashed } = require("survey");
const digest = require("digest-header");
serve("digest-header", (value) => hashed(() => digest("GET", "/", value, "user:pass")));
