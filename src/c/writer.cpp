#include <authgrammar/writer.hpp>

#include "convert.hpp"
#include "core/writing.hpp"
#include "core/written_memory.hpp"
#include "core/written_text.hpp"

using namespace authgrammar;
using namespace authgrammar::c;

namespace {

using detail::written_memory;
using detail::written_text;

/// Parameters as C describes them, for the writer: see core/written_params.hpp.
class params_of_c {
public:
    params_of_c(const authgrammar_param_spec* first, std::size_t count) noexcept : first_(first), count_(count) {}
    [[nodiscard]] bool empty() const noexcept { return count_ == 0; }
    [[nodiscard]] static bool is_null() noexcept { return false; }
    [[nodiscard]] bool overlap(const written_memory& memory) const noexcept {
        return memory.overlaps(first_, count_ * sizeof *first_);
    }
    [[nodiscard]] bool is_valid() const noexcept {
        if (!is_array(first_, count_, sizeof *first_)) return false;
        for (std::size_t i = 0; i < count_; ++i) {
            const authgrammar_param_spec& p = first_[i];
            if (!is_text(p.name) || !is_text(p.value)) return false;
            if (p.form < AUTHGRAMMAR_FORM_AUTOMATIC || p.form > AUTHGRAMMAR_FORM_QUOTED) return false;
        }
        return true;
    }
    template <typename F>
    void for_each(F&& f) const noexcept {
        for (std::size_t i = 0; i < count_; ++i) {
            const text name(view(first_[i].name));
            const text value(view(first_[i].value));
            if (!f(written_text(name), written_text(value), static_cast<param_form>(first_[i].form))) return;
        }
    }

private:
    const authgrammar_param_spec* first_;
    std::size_t count_;
};

/// The same for challenges, and for the parameters of an -Info field: see core/written_value.hpp.
struct challenges_of_c {
    static constexpr bool is_read = false;
    const authgrammar_challenge_spec* list;
    std::size_t count;

    [[nodiscard]] bool empty() const noexcept { return count == 0; }
    [[nodiscard]] static bool is_null() noexcept { return false; }
    [[nodiscard]] bool overlap(const written_memory& memory) const noexcept {
        return memory.overlaps(list, count * sizeof *list);
    }
    [[nodiscard]] bool is_valid() const noexcept {
        if (!is_array(list, count, sizeof *list)) return false;
        for (std::size_t i = 0; i < count; ++i) {
            const authgrammar_challenge_spec& c = list[i];
            if (!is_text(c.scheme) || !is_text(c.token68) || !params_of_c(c.params, c.param_count).is_valid()) {
                return false;
            }
        }
        return true;
    }
    template <typename Visitor>
    void go_through(Visitor& visit) const noexcept {
        for (std::size_t i = 0; i < count; ++i) {
            const authgrammar_challenge_spec& c = list[i];
            const text scheme(view(c.scheme));
            const text credentials68(view(c.token68));
            const written_text token68(credentials68);
            if (!visit.challenge(written_text(scheme), c.token68.data != nullptr ? &token68 : nullptr,
                                 params_of_c(c.params, c.param_count))) {
                return;
            }
        }
    }
};
struct info_of_c {
    static constexpr bool is_read = false;
    params_of_c params;

    [[nodiscard]] static bool empty() noexcept { return false; }
    [[nodiscard]] static bool is_null() noexcept { return false; }
    [[nodiscard]] static bool overlap(const written_memory&) noexcept { return false; }
    [[nodiscard]] bool is_valid() const noexcept { return params.is_valid(); }
    template <typename Visitor>
    void go_through(Visitor& visit) const noexcept {
        visit.parameters(written_text({}, false), params);
    }
};

template <typename Value>
authgrammar_code write(authgrammar_field f, field_kind wanted, const Value& value, char* buffer, std::size_t capacity,
                       authgrammar_written* written) noexcept {
    if (!is_field(f) || !is_array(buffer, capacity) || !value.is_valid()) {
        return refuse(AUTHGRAMMAR_ERR_INVALID_ARGUMENT, written);
    }
    return answer(detail::write_specs(static_cast<field>(f), wanted, {}, buffer, capacity, value), written);
}

}  // namespace

authgrammar_code authgrammar_write_challenges(authgrammar_field f, const authgrammar_challenge_spec* list,
                                              std::size_t count, char* buffer, std::size_t capacity,
                                              authgrammar_written* written) {
    return write(f, field_kind::challenges, challenges_of_c{list, count}, buffer, capacity, written);
}

authgrammar_code authgrammar_write_credentials(authgrammar_field f, const authgrammar_challenge_spec* spec,
                                               char* buffer, std::size_t capacity, authgrammar_written* written) {
    if (spec == nullptr) return refuse(AUTHGRAMMAR_ERR_INVALID_ARGUMENT, written);
    return write(f, field_kind::credentials, challenges_of_c{spec, 1}, buffer, capacity, written);
}

authgrammar_code authgrammar_write_info(authgrammar_field f, const authgrammar_param_spec* list, std::size_t count,
                                        char* buffer, std::size_t capacity, authgrammar_written* written) {
    return write(f, field_kind::info, info_of_c{{list, count}}, buffer, capacity, written);
}

authgrammar_code authgrammar_write_reading(const authgrammar_reading* reading, char* buffer, std::size_t capacity,
                                           authgrammar_written* written) {
    if (reading == nullptr || !is_field(reading->field) || !is_array(buffer, capacity)) {
        return refuse(AUTHGRAMMAR_ERR_INVALID_ARGUMENT, written);
    }
    const auto f = static_cast<field>(reading->field);
    const auto list = kept<challenges>(reading->private_view);
    switch (kind_of(f)) {
        case field_kind::challenges: return answer(write_challenges(f, list, buffer, capacity), written);
        case field_kind::credentials: {
            const credentials one = list.empty() ? credentials() : *list.begin();
            return answer(write_credentials(f, one, buffer, capacity), written);
        }
        case field_kind::info: break;
    }
    return answer(write_info(f, view(reading->params), buffer, capacity), written);
}
