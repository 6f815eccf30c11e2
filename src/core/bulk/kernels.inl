// The kernels of an instruction set, over its Block, and its kernel_table. Included in each vector file after the
// Block, inside namespace authgrammar::detail and there inside an unnamed one. A Block is 64 bytes in registers; the
// proof of the bulk paths has smaller ones:
//
//   width, shortest          its size, and that of the smallest chunk that part() can read from
//   whole(p)                 the 64 bytes at p
//   part(p, from, n)         the bytes [from, n), fewer than 64, of the n bytes at p, n at least `shortest`; later
//                            bits of the masks mean nothing, except in equal() and token68(), where they are not set
//   members(set), equal(c), never(), masks(), token68()
//                            masks of its bytes: those in a run_set, those that are c, those that are AG_NEVER, and
//                            those that a structural_index and short_token68 need
//   has_stride(set), stride, all_in(set, p)
//                            whether all of `stride` bytes are in the set, where that is worth while
//   low_bits(n)              the lowest n bits, n at most 64
//   parity(bits)             for each bit the parity of the bits up to and with it
//   write_places(bits, base, to)
//                            writes base + i for each bit i that is set, and up to 64 - popcount more numbers of no
//                            meaning; returns one past the last of meaning

void read_elements_in_blocks(tokenizer_state& s, bulk_chunk& chunk) noexcept {
    if (chunk.size > longest_bulk || chunk.size < block::shortest || !enter_element(s, chunk)) return;
    structural_index<block> index(chunk.data, chunk.size, chunk.at);
    element_reader<structural_index<block>>(s, chunk, index).run();
}

bool read_scheme_token68_in_blocks(tokenizer_state& s, const char* p, std::size_t n, event* out) noexcept {
    if (n >= block::width) return begin_token68_value(s, long_token68<block>(p, n), n, out);
    if (n < 8) return false;
    bool found = false;
    const token68_form form = short_token68<block>(p, n, found);
    return found && begin_token68_value(s, form, n, out);
}

AUTHGRAMMAR_NOINLINE bool read_long_token68_value(const char* p, std::size_t n, event* out) noexcept {
    const token68_form form = long_token68<block>(p, n);
    if (form.begin == 0) return false;
    write_token68_value(form, n, out);
    return true;
}

bool read_token68_value_in_blocks(const char* p, std::size_t n, event* out) noexcept {
    if (n >= block::width) return read_long_token68_value(p, n, out);
    if (n < 8) return false;
    bool found = false;
    write_token68_value(short_token68<block>(p, n, found), n, out);
    return found;
}

constexpr kernel_table block_kernels{{run<block, run_tchar>, run<block, run_token68>, run<block, run_quoted>,
                                      run<block, run_sp>, run<block, run_alnum>, run<block, run_comma>,
                                      run<block, run_equals>},
                                     quoted_run<block>,
                                     read_elements_in_blocks,
                                     read_scheme_token68_in_blocks,
                                     read_token68_value_in_blocks};
