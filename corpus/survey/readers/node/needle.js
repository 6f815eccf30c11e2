const { serve, hashed } = require("survey");
const auth = require("needle/lib/auth");
serve("needle", (value) => hashed(() => auth.header(value, ["user", "pass"], { method: "get", path: "/" })));
