; The installer for Windows: for one user, without administrator rights, in Chinese. Made by installer/windows_package.py,
; which gives SOURCE (the program's folder), OUT, VERSION, FOUR (its four numbers) and, where NSIS has it, TARGET64.
;   /S               asks and shows nothing; exit code 0 done, 3 Windows is too old, 4 the program is running
;   /D=C:\folder     another place (last, without quotes)
;   /NODESKTOP       no link on the desktop
Unicode true
!ifdef TARGET64
  Target amd64-unicode
!endif
SetCompressor /SOLID lzma
SetCompressorDictSize 64

!include MUI2.nsh
!include LogicLib.nsh
!include WinVer.nsh
!include x64.nsh
!include FileFunc.nsh

!define NAME "整改台账"
!define PROGRAM "整改台账.exe"
!define CONSOLE "zhenggai.exe"
!define UNINSTALLER "卸载.exe"
!define KIND "zhenggai.ledger"
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\zhenggai-desktop"
!define OLDEST 17763

Name "${NAME}"
OutFile "${OUT}"
BrandingText "${NAME} ${VERSION}"
InstallDir "$LOCALAPPDATA\Programs\${NAME}"
InstallDirRegKey HKCU "Software\zhenggai-desktop" "InstallDir"
RequestExecutionLevel user
ManifestSupportedOS all
ManifestDPIAware true
ShowInstDetails nevershow
ShowUninstDetails nevershow

VIProductVersion "${FOUR}"
VIAddVersionKey /LANG=2052 "ProductName" "${NAME}"
VIAddVersionKey /LANG=2052 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "FileDescription" "${NAME}安装程序"
VIAddVersionKey /LANG=2052 "CompanyName" "${NAME}"
VIAddVersionKey /LANG=2052 "LegalCopyright" "许可证见安装后的 _internal\resources\licences"

!define MUI_ICON "${SOURCE}\_internal\resources\icons\zhenggai.ico"
!define MUI_UNICON "${SOURCE}\_internal\resources\icons\zhenggai.ico"
!define MUI_DIRECTORYPAGE_TEXT_TOP "只为当前用户安装，不需要管理员权限。已装旧版的，直接升级，台账和设置不动。"
!define MUI_FINISHPAGE_RUN "$INSTDIR\${PROGRAM}"
!define MUI_FINISHPAGE_RUN_TEXT "打开${NAME}"
!define MUI_UNCONFIRMPAGE_TEXT_TOP "将删除程序。您的台账、备份和设置都保留。"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"

Function .onInit
  ${IfNot} ${RunningX64}
  ${OrIfNot} ${AtLeastBuild} ${OLDEST}
    MessageBox MB_OK|MB_ICONSTOP "这台电脑的 Windows 不能运行${NAME}：需要 64 位的 Windows 10（1809 版）或更新的 Windows。" /SD IDOK
    SetErrorLevel 3
    Quit
  ${EndIf}
FunctionEnd

; A program that runs cannot be written to: ask until it was closed. Windows tells this without any list of processes.
!macro WAIT_UNTIL_CLOSED UN
Function ${UN}WaitUntilClosed
  again:
  StrCpy $1 ""
  ${For} $2 1 2
    StrCpy $3 "$INSTDIR\${PROGRAM}"
    ${If} $2 = 2
      StrCpy $3 "$INSTDIR\${CONSOLE}"
    ${EndIf}
    ${If} ${FileExists} "$3"
      ClearErrors
      FileOpen $0 "$3" a
      ${If} ${Errors}
        StrCpy $1 "running"
      ${Else}
        FileClose $0
      ${EndIf}
    ${EndIf}
  ${Next}
  ${If} $1 != ""
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "${NAME}正在运行。请先关闭它的窗口（内容都已自动保存），再点“重试”。" /SD IDCANCEL IDRETRY again
    SetErrorLevel 4
    Quit
  ${EndIf}
FunctionEnd
!macroend
!insertmacro WAIT_UNTIL_CLOSED ""
!insertmacro WAIT_UNTIL_CLOSED "un."

Section
  Call WaitUntilClosed
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\${PROGRAM}"
  Delete "$INSTDIR\${CONSOLE}"
  SetOutPath "$INSTDIR"
  File /r "${SOURCE}\*.*"
  WriteUninstaller "$INSTDIR\${UNINSTALLER}"

  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\${PROGRAM}"
  ReadRegStr $0 HKCU "${KEY}" "DisplayVersion"
  ${GetParameters} $1
  ClearErrors
  ${GetOptions} $1 "/NODESKTOP" $2
  ${If} ${Errors}
  ${AndIf} $0 == "" ; an upgrade does not bring back a link that the user took away
    CreateShortcut "$DESKTOP\${NAME}.lnk" "$INSTDIR\${PROGRAM}"
  ${EndIf}

  WriteRegStr HKCU "Software\Classes\${KIND}" "" "整改台账文件"
  WriteRegStr HKCU "Software\Classes\${KIND}\DefaultIcon" "" "$INSTDIR\_internal\resources\icons\ledger.ico"
  WriteRegStr HKCU "Software\Classes\${KIND}\shell\open\command" "" '"$INSTDIR\${PROGRAM}" "%1"'
  WriteRegStr HKCU "Software\Classes\.zgtz" "" "${KIND}"
  WriteRegStr HKCU "Software\Classes\.zgtz\OpenWithProgids" "${KIND}" ""
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'

  ${GetSize} "$INSTDIR" "/S=0K" $3 $4 $5
  WriteRegStr HKCU "Software\zhenggai-desktop" "InstallDir" "$INSTDIR"
  WriteRegStr HKCU "${KEY}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${KEY}" "DisplayIcon" "$INSTDIR\${PROGRAM}"
  WriteRegStr HKCU "${KEY}" "Publisher" "${NAME}"
  WriteRegStr HKCU "${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\${UNINSTALLER}"'
  WriteRegStr HKCU "${KEY}" "QuietUninstallString" '"$INSTDIR\${UNINSTALLER}" /S'
  WriteRegDWORD HKCU "${KEY}" "EstimatedSize" "$3"
  WriteRegDWORD HKCU "${KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${KEY}" "NoRepair" 1
SectionEnd

; Removes what was installed and nothing else: whatever a user put beside the program stays, and so do the settings.
Section "un.${NAME}"
  Call un.WaitUntilClosed
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\${PROGRAM}"
  Delete "$INSTDIR\${CONSOLE}"
  Delete "$INSTDIR\${UNINSTALLER}"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${NAME}.lnk"
  Delete "$DESKTOP\${NAME}.lnk"
  DeleteRegKey HKCU "Software\Classes\${KIND}"
  DeleteRegValue HKCU "Software\Classes\.zgtz\OpenWithProgids" "${KIND}"
  ReadRegStr $0 HKCU "Software\Classes\.zgtz" ""
  ${If} $0 == "${KIND}"
    DeleteRegKey HKCU "Software\Classes\.zgtz"
  ${EndIf}
  DeleteRegKey HKCU "Software\zhenggai-desktop"
  DeleteRegKey HKCU "${KEY}"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd
