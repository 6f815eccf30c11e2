const { serve, hashed } = require("survey");
const { digestAuthHeader } = require(`${process.env.NODE_PATH.split(":")[1]}/urllib/dist/commonjs/utils.js`);
serve("urllib", (value) => hashed(() => digestAuthHeader("GET", "/", value, "user:pass")));
