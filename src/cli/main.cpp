#include "commands.hpp"

int main(int argc, char** argv) { return authlint::run(argc, argv); }
