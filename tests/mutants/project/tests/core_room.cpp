#include "room.hpp"
#include "short_array.hpp"

#include <cstdio>

int main() {
    const int numbers[] = {1, 2, 3};
    if (sum(numbers, 3) != 6) {
        std::puts("[  FAILED  ] Room.Sum, where");
        return 1;
    }
    const short_array<9> nine{};
    return sizeof nine.of == 9 && half(4) == 2 && bounded(5) == 5 && digit(1) == '1' ? 0 : 1;
}
