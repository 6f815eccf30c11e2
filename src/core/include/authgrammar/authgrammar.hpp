#ifndef AUTHGRAMMAR_AUTHGRAMMAR_HPP
#define AUTHGRAMMAR_AUTHGRAMMAR_HPP

// Everything that the core offers. It depends on nothing but the C++17 library, throws nothing, and allocates
// nothing while it reads; what makes strings and keeps lines or pieces for its caller allocates and says so.

#include <authgrammar/auth_param.hpp>
#include <authgrammar/challenge.hpp>
#include <authgrammar/collector.hpp>
#include <authgrammar/edition.hpp>
#include <authgrammar/error.hpp>
#include <authgrammar/event.hpp>
#include <authgrammar/field.hpp>
#include <authgrammar/field_lines.hpp>
#include <authgrammar/field_value.hpp>
#include <authgrammar/limits.hpp>
#include <authgrammar/parse.hpp>
#include <authgrammar/result.hpp>
#include <authgrammar/scheme_of.hpp>
#include <authgrammar/text.hpp>
#include <authgrammar/tokenizer.hpp>
#include <authgrammar/writer.hpp>

#endif
