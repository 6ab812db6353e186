// SPDX-License-Identifier: Apache-2.0
pragma Singleton

import QtQml

QtObject {
    property real fontScale: 1.0
}
