const { serve, hashed } = require("survey");
const { Auth } = require("request/lib/auth");
serve("request", (value) =>
  hashed(() => {
    const auth = new Auth({ method: "GET", path: "/", debug() {} });
    Object.assign(auth, { hasAuth: true, user: "user", pass: "pass" });
    const field = auth.onResponse({ headers: { "www-authenticate": value } });
    return field && field.startsWith("Digest ") ? field : null;
  }),
);
