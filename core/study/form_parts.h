// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>

#include "study/form.h"
#include "study/yaml.h"

// The two halves of the reader of forms; private to this module.
namespace sotto::study {

/// Ids that mean something in a form, with their lines: items, parts and scores share one space of names.
class FormIds {
public:
    explicit FormIds(FaultList& faults) : m_faults(&faults) {}
    /// False after reporting if the id is taken. An empty id was reported already.
    bool take(const QString& id, int line);

private:
    std::map<QString, int> m_lines;
    FaultList* m_faults;
};

/// `options` and `items` of a form, with all that can be said of them alone.
void readFormItems(YamlMap& map, const QStringList& languages, Form& form, FormIds& ids, FaultList& faults);

}  // namespace sotto::study
