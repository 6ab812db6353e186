# SPDX-License-Identifier: Apache-2.0
# sotto_add_qml_module(<name> URI <Sotto.Name> QML_FILES ... [SINGLETONS ...] [LIBRARIES ...])
# Makes the static library sotto_qml_<name> and its plugin sotto_qml_<name>plugin, found at qrc:/qt/qml/<URI as path>.
# SINGLETONS are QML files (named nowhere else) that also say "pragma Singleton". LIBRARIES are passed on to whoever
# links the module; name there the modules that its files import, each together with its plugin.
# A program or test links both sotto_qml_<name> and sotto_qml_<name>plugin and adds the import path qrc:/qt/qml.
function(sotto_add_qml_module name)
  cmake_parse_arguments(ARG "" "URI" "QML_FILES;SINGLETONS;LIBRARIES" ${ARGN})
  string(REPLACE "." "/" folder ${ARG_URI})
  if(ARG_SINGLETONS)
    set_source_files_properties(${ARG_SINGLETONS} PROPERTIES QT_QML_SINGLETON_TYPE TRUE)
  endif()
  qt_add_library(sotto_qml_${name} STATIC)
  qt_add_qml_module(sotto_qml_${name}
    URI ${ARG_URI}
    VERSION 1.0
    RESOURCE_PREFIX /qt/qml
    OUTPUT_DIRECTORY ${QT_QML_OUTPUT_DIRECTORY}/${folder}
    QML_FILES ${ARG_QML_FILES} ${ARG_SINGLETONS})
  target_link_libraries(sotto_qml_${name} PRIVATE Qt6::Quick PUBLIC ${ARG_LIBRARIES})
endfunction()
