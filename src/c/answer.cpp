#include "convert.hpp"

namespace authgrammar::c {

namespace {

constexpr c_error c_errors[] = {
    {AUTHGRAMMAR_ERR_INVALID_ARGUMENT, "invalid_argument", "arguments as the header describes them",
     "An argument is NULL although its size is not 0, is larger than any object can be, is outside its enumeration, or "
     "is "
     "a struct that has to be there and is not."},
    {AUTHGRAMMAR_ERR_NOT_INITIALISED, "not_initialised", "a tokenizer made by authgrammar_tokenizer_init()",
     "The tokenizer was not made by authgrammar_tokenizer_init()."},
    {AUTHGRAMMAR_ERR_BUSY, "busy", "no use of the tokenizer by its callbacks",
     "A callback used the tokenizer that was calling it."},
    {AUTHGRAMMAR_ERR_NO_MEMORY, "no_memory", "memory", "There is no memory for what the function allocates."},
};

}  // namespace

const c_error* find_c_error(authgrammar_code code) noexcept {
    for (const c_error& e : c_errors) {
        if (e.code == code) return &e;
    }
    return nullptr;
}

authgrammar_code answer(const error& e, authgrammar_error* out) noexcept {
    const auto code = static_cast<authgrammar_code>(e.code);
    if (out != nullptr) {
        *out = {};
        out->code = code;
        out->offset = e.offset;
        out->line = e.line;
        out->name = to_c(name_of(e.code));
        out->rule = to_c(e.rule);
        out->section = to_c(e.section);
        out->expected = to_c(e.expected);
    }
    return code;
}

authgrammar_code answer(const write_result& r, authgrammar_written* out) noexcept {
    const auto code = static_cast<authgrammar_code>(r.code);
    if (out != nullptr) {
        *out = {};
        out->code = code;
        out->size = r.size;
        out->part = static_cast<authgrammar_part>(r.part);
        out->challenge = r.challenge;
        out->param = r.param;
        out->offset = r.offset;
        out->name = to_c(name_of(r.code));
        out->rule = to_c(r.rule);
        out->section = to_c(r.section);
        out->expected = to_c(r.expected);
    }
    return code;
}

authgrammar_code refuse(authgrammar_code code, authgrammar_error* out) noexcept {
    if (out != nullptr) {
        answer(error{}, out);
        out->code = code;
        if (const c_error* const e = find_c_error(code)) {
            out->name = to_c(e->name);
            out->expected = to_c(e->expected);
        }
    }
    return code;
}

authgrammar_code refuse(authgrammar_code code, authgrammar_written* out) noexcept {
    if (out != nullptr) {
        answer(write_result{}, out);
        out->code = code;
        if (const c_error* const e = find_c_error(code)) {
            out->name = to_c(e->name);
            out->expected = to_c(e->expected);
        }
    }
    return code;
}

}  // namespace authgrammar::c
