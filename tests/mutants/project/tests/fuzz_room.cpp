#include "room.hpp"

int main() { return corpora_only(1) == 8 ? 0 : 1; }
