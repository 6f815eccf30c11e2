// The times of messages, beside a calendar that counts the days one by one.

#include "why/attempt.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

namespace authgrammar::audit {
namespace {

constexpr const char* month_names[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

bool is_leap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int days_in(int year, int month) {
    constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 1 && is_leap(year) ? 29 : days[month];
}

std::optional<std::int64_t> date(const std::string& value) {
    return date_of(read_messages("HTTP/1.1 401 X\r\nDate: " + value + "\r\n\r\n").front());
}

template <typename... Numbers>
std::string printed(const char* format, Numbers... numbers) {
    char out[64];
    std::snprintf(out, sizeof out, format, numbers...);
    return out;
}

// All days of some years, and of each year those around which leap days and years turn.
TEST(why_times, every_date_is_read_and_shown) {
    std::int64_t day = -719528;  // 0000-01-01
    for (int year = 0; year < 10000; ++year) {
        const bool all = year < 5 || year == 99 || year == 100 || (year >= 396 && year <= 404) || year == 1900 ||
                         (year >= 1969 && year <= 1972) || (year >= 1999 && year <= 2001) || year == 2100 ||
                         year == 9999;
        for (int month = 0; month < 12; ++month) {
            for (int of_month = 1; of_month <= days_in(year, month); ++of_month, ++day) {
                if (!all && (of_month != 1 || (month != 0 && month != 2)) && (of_month != 31 || month != 11)) continue;
                const int hour = static_cast<int>((day % 24 + 24) % 24);
                const int minute = static_cast<int>((day % 60 + 60) % 60);
                const int second = static_cast<int>((day % 59 + 59) % 59);
                const std::int64_t time = ((day * 24 + hour) * 60 + minute) * 60 + second;
                EXPECT_EQ(date(printed("Sun, %02d %s %04d %02d:%02d:%02d GMT", of_month, month_names[month], year, hour,
                                       minute, second)),
                          time);
                if (year == 0) continue;
                EXPECT_EQ(shown_time(time),
                          printed("%04d-%02d-%02dT%02d:%02d:%02dZ", year, month + 1, of_month, hour, minute, second));
            }
        }
    }
    EXPECT_EQ(day, 2932897) << "10000-01-01";
}

TEST(why_times, years_out_of_range_are_not_shown) {
    EXPECT_EQ(shown_time(-62135596801), "a time out of range");
    EXPECT_EQ(shown_time(-62135596800), "0001-01-01T00:00:00Z");
    EXPECT_EQ(shown_time(253402300799), "9999-12-31T23:59:59Z");
    EXPECT_EQ(shown_time(253402300800), "a time out of range");
}

TEST(why_times, each_digit_of_a_date_is_one) {
    const std::string right = "Sun, 06 Nov 1994 08:49:37 GMT";
    EXPECT_EQ(date(right), 784111777);
    for (const std::size_t at : {5U, 6U, 12U, 13U, 14U, 15U, 17U, 18U, 20U, 21U, 23U, 24U}) {
        for (const char c : {'/', ':', 'x', ' '}) {
            std::string wrong = right;
            wrong[at] = c;
            EXPECT_EQ(date(wrong), std::nullopt) << wrong;
        }
    }
    EXPECT_EQ(date("Sun, 00 Nov 1994 08:49:37 GMT"), std::nullopt);
    for (const char* month : {"anF", "nov", "NOV", "ovD", "Nob"})
        EXPECT_EQ(date("Sun, 06 " + std::string(month) + " 1994 08:49:37 GMT"), std::nullopt) << month;
    EXPECT_EQ(date(right + "X"), std::nullopt);
    EXPECT_EQ(date(right.substr(0, 28)), std::nullopt);
}

TEST(why_times, the_first_date_counts) {
    const auto of = [](const std::string& lines) {
        return date_of(read_messages("HTTP/1.1 401 X\r\n" + lines + "\r\n").front());
    };
    const std::string epoch = "dATE: Thu, 01 Jan 1970 00:00:00 GMT\r\n";
    EXPECT_EQ(of("Age: 1\r\n" + epoch + "Date: Thu, 01 Jan 1970 00:00:01 GMT\r\n"), 0);
    EXPECT_EQ(of("Date: now\r\n" + epoch), std::nullopt);
    EXPECT_EQ(of("Expires: Thu, 01 Jan 1970 00:00:00 GMT\r\n"), std::nullopt);
}

}  // namespace
}  // namespace authgrammar::audit
