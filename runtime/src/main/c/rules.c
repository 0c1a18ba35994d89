/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#include "rules.h"

#include <stdlib.h>

struct rule {
    const char *class_name;
    const char *field;
    size_t class_length;
    size_t field_length;
    u1 fate;
};

static char *text_of_rules;
static struct rule *rules;
static size_t count;

static bool parse_line(char *line, struct rule *rule) {
    char *hash = strchr(line, '#');
    if ((line[0] != '=' && line[0] != '?') || hash == NULL) {
        return false;
    }
    *rule = (struct rule){line + 1, hash + 1, (size_t)(hash - line - 1), strlen(hash + 1),
                          line[0] == '=' ? FATE_KEPT : FATE_WHETHER_SET};
    return rule->class_length > 0 && rule->field_length > 0;
}

static void forget(void) {
    free(text_of_rules);
    free(rules);
    text_of_rules = NULL;
    rules = NULL;
    count = 0;
}

static bool take(char *copy) {
    size_t lines = 1;
    for (const char *at = copy; *at != 0; at++) {
        lines += *at == '\n';
    }
    rules = calloc(lines, sizeof *rules);
    if (rules == NULL) {
        return false;
    }
    char *rest = NULL;
    for (char *line = strtok_r(copy, "\n", &rest); line != NULL; line = strtok_r(NULL, "\n", &rest)) {
        if (!parse_line(line, &rules[count])) {
            return false;
        }
        count++;
    }
    return true;
}

bool rules_set(const char *text) {
    forget();
    if (text == NULL) {
        return true;
    }
    text_of_rules = strdup(text);
    if (text_of_rules == NULL || !take(text_of_rules)) {
        forget();
        return false;
    }
    return true;
}

bool rules_any(void) { return rules != NULL; }

static bool is(addr symbol, const char *text, size_t length) {
    return symbol_length(symbol) == length && memcmp(symbol_body(symbol), text, length) == 0;
}

u1 rules_fate(addr class_name, const struct field *field) {
    if (rules == NULL || field->type == TYPE_REFERENCE) {
        return FATE_KEPT;
    }
    for (size_t i = 0; i < count; i++) {
        const struct rule *rule = &rules[i];
        if (is(field->name, rule->field, rule->field_length) && is(class_name, rule->class_name, rule->class_length)) {
            return rule->fate;
        }
    }
    return FATE_ZEROED;
}
