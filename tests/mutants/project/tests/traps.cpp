#include "short_array.hpp"

short_array<10> too_long;
