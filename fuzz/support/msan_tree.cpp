// For MemorySanitizer with a C++ library that is not instrumented, as on a plain Debian: what the library writes into
// the nodes of std::map is known to be written. Linked by `scripts/fuzz` with ld's --wrap; OSS-Fuzz, whose library is
// instrumented, does without.

#include <cstddef>

extern "C" {

void __msan_unpoison(const volatile void* p, std::size_t size);

// std::_Rb_tree_insert_and_rebalance(bool, node*, node*, node&)
void __real__ZSt29_Rb_tree_insert_and_rebalancebPSt18_Rb_tree_node_baseS0_RS_(bool left, void* node, void* parent,
                                                                              void* header);

void __wrap__ZSt29_Rb_tree_insert_and_rebalancebPSt18_Rb_tree_node_baseS0_RS_(bool left, void* node, void* parent,
                                                                              void* header) {
    __real__ZSt29_Rb_tree_insert_and_rebalancebPSt18_Rb_tree_node_baseS0_RS_(left, node, parent, header);
    // Colour and three links; from here on, others write only what was written before.
    __msan_unpoison(node, 4 * sizeof(void*));
}
}
