#ifndef ROOM_HPP
#define ROOM_HPP

constexpr int most = 3;
static_assert(most < 4, "as much as there is room for");

inline int half(int n) { return n / 2; }
int twice(int n);
int sum(const int* first, int size);
int corpora_only(int n);
int bounded(int n);
int digit(int n);

#endif
