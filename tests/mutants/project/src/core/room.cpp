#include "room.hpp"

int twice(int n) { return n * 2; }

int sum(const int* first, int size) {
    int all = 0;
    for (int i = 0; i != size;) {
        all += first[i];
        ++i;
    }
    return all;
}

int corpora_only(int n) { return n + 7; }

int bounded(int n) { return n > 1000 ? 1000 : n; }

int digit(int n) {
    switch (n) {
        case 1: return '1';
        case 2: return '2';
    }
    return '?';
}

#ifdef ELSEWHERE
int elsewhere(int n) { return n - 1; }
#endif
