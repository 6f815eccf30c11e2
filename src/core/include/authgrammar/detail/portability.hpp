#ifndef AUTHGRAMMAR_DETAIL_PORTABILITY_HPP
#define AUTHGRAMMAR_DETAIL_PORTABILITY_HPP

// Attributes that only some compilers know. Where a compiler does not, the macro is empty.

// AUTHGRAMMAR_LIFETIMEBOUND, on a parameter or after a member function's qualifiers: the result refers to this argument
// or object. The compiler warns where the result outlives it.
#if defined(__has_cpp_attribute)
#if __has_cpp_attribute(clang::lifetimebound)
#define AUTHGRAMMAR_LIFETIMEBOUND [[clang::lifetimebound]]
#elif __has_cpp_attribute(msvc::lifetimebound)
#define AUTHGRAMMAR_LIFETIMEBOUND [[msvc::lifetimebound]]
#endif
#endif
#ifndef AUTHGRAMMAR_LIFETIMEBOUND
#define AUTHGRAMMAR_LIFETIMEBOUND
#endif

// AUTHGRAMMAR_VIEW, on a class: its objects refer to memory of others, as std::string_view does. The compiler warns
// where one is made of a string that ends first.
#if defined(__has_cpp_attribute)
#if __has_cpp_attribute(gsl::Pointer)
#define AUTHGRAMMAR_VIEW [[gsl::Pointer]]
#endif
#endif
#ifndef AUTHGRAMMAR_VIEW
#define AUTHGRAMMAR_VIEW
#endif

#endif
