; Phuluc-Setup.exe: the add-in with a Python of its own, for one user, without administrator rights. `build.py` gathers
; what it brings along and compiles this file. It gives VERSION, OUTFILE, FILES (a script that lays each file), SIZE (of
; them, in KB) and LANGUAGES (the folder with NSIS' Vietnamese).
;
; xlwings' DLL and VBA name Python's files in the PC's code page, in which most Vietnamese letters are missing. So the
; folder is one of plain letters: the user's own, or where the user's name stands in its path, one in ProgramData that
; only this user may write to.
;
; Excel's list of add-ins is written by the same Python code as `phuluc addin install` uses (register.py).

Target amd64-unicode
Unicode true
SetCompressor /SOLID lzma
SetDateSave off ; equal contents give equal installers
AllowSkipFiles off
RequestExecutionLevel user
ManifestDPIAware true

!include MUI2.nsh
!include LogicLib.nsh
!include WinVer.nsh
!include FileFunc.nsh

!define KEY "Software\Phuluc"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\Phuluc"
!define MENU "$SMPROGRAMS\Phụ lục kinh phí"

Name "Phụ lục kinh phí (phuluc)"
OutFile "${OUTFILE}"
BrandingText "phuluc ${VERSION}"
InstallDirRegKey HKCU "${KEY}" "InstallDir"
VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=0 "ProductName" "phuluc"
VIAddVersionKey /LANG=0 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "FileDescription" "Phụ lục kinh phí trong Excel"
VIAddVersionKey /LANG=0 "LegalCopyright" "MIT"

!define MUI_ABORTWARNING
!define MUI_LANGDLL_WINDOWTITLE "Phụ lục kinh phí (phuluc)"
!define MUI_LANGDLL_INFO "Ngôn ngữ / Language"
!define MUI_LANGDLL_REGISTRY_ROOT HKCU
!define MUI_LANGDLL_REGISTRY_KEY "${KEY}"
!define MUI_LANGDLL_REGISTRY_VALUENAME "Language"
!define MUI_FINISHPAGE_SHOWREADME "$INSTDIR\huong-dan\huong-dan.html"
!define MUI_FINISHPAGE_SHOWREADME_TEXT "$(OPEN_GUIDE)"
!define MUI_WELCOMEPAGE_TEXT "$(WELCOME)"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGEEX "${LANGUAGES}" "Vietnamese"
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_RESERVEFILE_LANGDLL

!macro TEXT name vi en
  LangString ${name} ${LANG_VIETNAMESE} "${vi}"
  LangString ${name} ${LANG_ENGLISH} "${en}"
!macroend
!insertmacro TEXT CODE "vi" "en"
!insertmacro TEXT WELCOME \
  "Bộ cài này thêm thẻ Phụ lục kinh phí vào Excel, chỉ cho tài khoản của bạn, không cần quyền quản trị.\
$\r$\n$\r$\nHãy đóng Excel trước khi cài." \
  "This adds the tab Phụ lục kinh phí to Excel, for your account alone, without administrator rights.\
$\r$\n$\r$\nPlease close Excel first."
!insertmacro TEXT OPEN_GUIDE "Mở hướng dẫn sử dụng" "Open the guide"
!insertmacro TEXT CLOSE_EXCEL \
  "Excel đang mở. Hãy đóng mọi cửa sổ Excel rồi bấm Thử lại." \
  "Excel is running. Close all its windows, then click Retry."
!insertmacro TEXT NEEDS_WINDOWS \
  "Phần mềm cần Windows 10 trở lên." \
  "This software needs Windows 10 or later."
!insertmacro TEXT NEEDS_PLAIN_FOLDER \
  "Thư mục cài đặt phải không dấu: $INSTDIR" \
  "The folder to install to must have plain letters: $INSTDIR"
!insertmacro TEXT NEEDS_OWN_FOLDER \
  "Thư mục cài đặt đã có và không phải của phần mềm này: $INSTDIR" \
  "The folder to install to is there already and is not this software's: $INSTDIR"
!insertmacro TEXT NEEDS_PRIVATE_FOLDER \
  "Không dành riêng được thư mục này cho bạn: $INSTDIR" \
  "This folder cannot be kept for you alone: $INSTDIR"
!insertmacro TEXT IN_USE \
  "Tệp của phần mềm đang được dùng. Hãy đóng Excel, đợi một phút rồi làm lại." \
  "Files of this software are in use. Close Excel, wait a minute, then try again."
!insertmacro TEXT COMPILING "Chuẩn bị để lần chạy đầu không phải đợi…" "Preparing, so that the first click need not wait…"
!insertmacro TEXT NOT_REGISTERED \
  "Đã chép tệp nhưng Excel chưa nạp phần bổ trợ." \
  "The files are there, but Excel does not load the add-in yet."
!insertmacro TEXT STILL_REGISTERED \
  "Excel còn tên phần bổ trợ trong danh sách: bỏ chọn phuluc ở Tệp > Tùy chọn > Phần bổ trợ." \
  "Excel still has the add-in on its list: untick phuluc in File > Options > Add-ins."
!insertmacro TEXT NOT_HERE \
  "Phần mềm không được cài ở thư mục này: $INSTDIR" \
  "This software is not installed in this folder: $INSTDIR"

; Ends before anything is written. Exit code 2.
!macro REFUSE text
  MessageBox MB_OK|MB_ICONSTOP "${text}" /SD IDOK
  SetErrorLevel 2
  Quit
!macroend

; Ends in the midst. Exit code 2.
!macro FAIL text
  MessageBox MB_OK|MB_ICONSTOP "${text}" /SD IDOK
  SetErrorLevel 2
  Abort "${text}"
!macroend

; Excel writes its own list of add-ins when it ends, and holds on to our files while it runs.
!macro WAIT_FOR_EXCEL
  excel_again:
  FindWindow $0 "XLMAIN"
  ${If} $0 <> 0
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(CLOSE_EXCEL)" /SD IDCANCEL IDRETRY excel_again
    SetErrorLevel 2
    Quit
  ${EndIf}
!macroend

; Has Excel load the add-in (`load`) or not (`unload`): exit code in $0, what there is to say in $1 and in the details.
!macro EXCEL verb
  InitPluginsDir
  nsExec::Exec '"$INSTDIR\python\python.exe" -m addin.installer.register ${verb} "$INSTDIR\phuluc.xlam" $(CODE) \
    "$PLUGINSDIR\answer.txt"'
  Pop $0
  StrCpy $1 ""
  ClearErrors
  FileOpen $2 "$PLUGINSDIR\answer.txt" r
  ${IfNot} ${Errors}
    ${Do}
      FileReadUTF16LE $2 $3
      ${If} ${Errors}
        ${ExitDo}
      ${EndIf}
      StrCpy $1 "$1$3"
      StrCpy $3 $3 -2 ; the end of the line
      DetailPrint $3
    ${Loop}
    FileClose $2
  ${EndIf}
!macroend

Var private ; the security id of this user, where the folder is one in ProgramData

Function .onInit
  StrCpy $LANGUAGE ${LANG_VIETNAMESE} ; whatever language Windows speaks
  ${IfNot} ${Silent}
    !insertmacro MUI_LANGDLL_DISPLAY
  ${EndIf}
  ${IfNot} ${AtLeastWin10} ; as Python 3.13 does
    !insertmacro REFUSE "$(NEEDS_WINDOWS)"
  ${EndIf}
  !insertmacro WAIT_FOR_EXCEL
  Call ChooseFolder
FunctionEnd

; $INSTDIR: that of the earlier installation, or what /D= says, or else a folder of plain letters.
Function ChooseFolder
  ${If} $INSTDIR == ""
    StrCpy $INSTDIR "$LOCALAPPDATA\Programs\Phuluc"
    Call IsPlain
    ${If} $0 == 0
      Call UserId
      StrCpy $private $0
      SetShellVarContext all
      StrCpy $INSTDIR "$APPDATA\Phuluc\$private" ; ProgramData
      SetShellVarContext current
    ${EndIf}
  ${EndIf}
  Call IsPlain
  ${If} $0 == 0
    !insertmacro REFUSE "$(NEEDS_PLAIN_FOLDER)"
  ${EndIf}
  ; The uninstaller deletes what is in the folder, so nothing of anybody else's may be in it; and a folder in
  ; ProgramData that is there already may be a trap that another user has laid.
  ReadRegStr $0 HKCU "${KEY}" "InstallDir"
  ${If} $0 != $INSTDIR
    ${DirState} "$INSTDIR" $0 ; -1: missing, 0: empty, 1: not empty
    ${If} $private != ""
      IntOp $0 $0 + 1
    ${EndIf}
    ${If} $0 > 0
      !insertmacro REFUSE "$(NEEDS_OWN_FOLDER)"
    ${EndIf}
  ${EndIf}
FunctionEnd

; $0: 1 where $INSTDIR is on a drive and ASCII, which in UTF-8 takes as many bytes as it has letters.
Function IsPlain
  System::Call 'kernel32::WideCharToMultiByte(i 65001, i 0, w "$INSTDIR", i -1, p 0, i 0, p 0, p 0) i .r1'
  StrLen $2 $INSTDIR
  IntOp $2 $2 + 1 ; the final zero
  StrCpy $3 $INSTDIR 1 1 ; `:`; else a share, or nothing where Windows could not tell the user's folder
  StrCpy $0 0
  ${If} $1 == $2
  ${AndIf} $3 == ":"
    StrCpy $0 1
  ${EndIf}
FunctionEnd

; $0: the security id of this user, as S-1-5-21-...
Function UserId
  System::Call 'advapi32::OpenProcessToken(p -1, i 0x8, *p .r1) i .r0' ; TOKEN_QUERY
  System::Alloc 1024
  Pop $2
  System::Call 'advapi32::GetTokenInformation(p r1, i 1, p r2, i 1024, *i .r3) i .r0' ; TokenUser
  System::Call '*$2(p .r3)'
  System::Call 'advapi32::ConvertSidToStringSidW(p r3, *w .r4) i .r0'
  System::Free $2
  System::Call 'kernel32::CloseHandle(p r1)'
  StrCpy $0 $4
FunctionEnd

Section
  RMDir /r "$INSTDIR\python" ; of an earlier version
  ${If} ${FileExists} "$INSTDIR\python\*.*"
    !insertmacro FAIL "$(IN_USE)"
  ${EndIf}
  RMDir /r "$INSTDIR\huong-dan"

  SetOutPath "$INSTDIR"
  ${If} $private != ""
    ; In ProgramData every user may put files into every folder; in this one, this user, Windows and administrators.
    nsExec::Exec '"$SYSDIR\icacls.exe" "$INSTDIR" /inheritance:r /grant:r "*$private:(OI)(CI)F" \
      "*S-1-5-18:(OI)(CI)F" "*S-1-5-32-544:(OI)(CI)F"'
    Pop $0
    ${If} $0 != 0
      RMDir "$INSTDIR"
      !insertmacro FAIL "$(NEEDS_PRIVATE_FOLDER)"
    ${EndIf}
  ${EndIf}

  WriteRegStr HKCU "${KEY}" "InstallDir" "$INSTDIR"
  WriteUninstaller "$INSTDIR\Uninstall.exe"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayName" "Phụ lục kinh phí (phuluc)"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "Publisher" "phuluc"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\Uninstall.exe"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\Uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\Uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "EstimatedSize" ${SIZE}
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoRepair" 1

  !include "${FILES}" ; SetOutPath and File for each of them
  SetOutPath "$INSTDIR" ; the folder in which what the shortcuts name is started
  DetailPrint "$(COMPILING)"
  nsExec::Exec '"$INSTDIR\python\python.exe" -m compileall -q "$INSTDIR\python\Lib\site-packages"'
  Pop $0 ; a module that does not compile is none that we use

  CreateDirectory "${MENU}"
  CreateShortcut "${MENU}\Hướng dẫn.lnk" "$INSTDIR\huong-dan\huong-dan.html"
  CreateShortcut "${MENU}\Kiểm tra cài đặt.lnk" "$SYSDIR\cmd.exe" '/k ""$INSTDIR\phuluc.cmd" addin status"'
  CreateShortcut "${MENU}\Gỡ cài đặt.lnk" "$INSTDIR\Uninstall.exe"

  !insertmacro EXCEL load
  ${If} $0 != 0
    !insertmacro FAIL "$(NOT_REGISTERED)$\r$\n$\r$\n$1"
  ${EndIf}
SectionEnd

Function un.onInit
  !insertmacro MUI_UNGETLANGUAGE
  ReadRegStr $0 HKCU "${KEY}" "InstallDir"
  ${If} $0 != $INSTDIR ; a copy of the uninstaller, put where deleting `python` would hit somebody else's
    !insertmacro REFUSE "$(NOT_HERE)"
  ${EndIf}
  !insertmacro WAIT_FOR_EXCEL
FunctionEnd

Section Uninstall
  !insertmacro EXCEL unload
  ${If} $0 != 0
    MessageBox MB_OK|MB_ICONEXCLAMATION "$(STILL_REGISTERED)$\r$\n$\r$\n$1" /SD IDOK
  ${EndIf}

  SetOutPath "$TEMP" ; a folder that a program stands in cannot be deleted
  RMDir /r "$INSTDIR\python"
  ${If} ${FileExists} "$INSTDIR\python\*.*"
    !insertmacro FAIL "$(IN_USE)"
  ${EndIf}
  RMDir /r "$INSTDIR\huong-dan"
  Delete "$INSTDIR\phuluc.xlam"
  Delete "$INSTDIR\phuluc.cmd"
  Delete "$INSTDIR\LICENSE.txt"

  Delete "${MENU}\*.lnk"
  RMDir "${MENU}"
  DeleteRegKey HKCU "${UNINSTALL_KEY}"
  DeleteRegKey HKCU "${KEY}"

  Delete "$INSTDIR\Uninstall.exe"
  RMDir "$INSTDIR" ; stays where the user has put something into it
  SetShellVarContext all
  RMDir "$APPDATA\Phuluc" ; that in ProgramData, once it is empty
SectionEnd
