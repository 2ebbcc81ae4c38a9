Attribute VB_Name = "PhulucWindows"
Option Explicit
Option Private Module
' Everything that leaves VBA: Windows, Excel's dialog, and xlwings' DLL, which the module xlwings declares.

Private Declare PtrSafe Function LoadLibraryW Lib "kernel32" (ByVal fileName As LongPtr) As LongPtr
Private Declare PtrSafe Function MessageBoxW Lib "user32" (ByVal owner As LongPtr, ByVal text As LongPtr, _
    ByVal caption As LongPtr, ByVal style As Long) As Long

' Shows a message. VBA's own MsgBox has no Vietnamese letters: it goes through the PC's code page.
Public Sub Phuluc_Say(ByVal said As String)
    Dim caption As String
    caption = Text_Title
    MessageBoxW Application.Hwnd, StrPtr(said), StrPtr(caption), vbExclamation
End Sub

' The full names of the files that the user picks in Excel's own dialog, in an array; False where it was closed.
Public Function Phuluc_Picked(ByVal filter As String, ByVal title As String) As Variant
    Phuluc_Picked = Application.GetOpenFilename(FileFilter:=filter, title:=title, MultiSelect:=True)
End Function

' Loads a DLL by its full name, so that it is found by its short one afterwards.
Public Function Phuluc_Loaded(ByVal fileName As String) As Boolean
    Phuluc_Loaded = LoadLibraryW(StrPtr(fileName)) <> 0
End Function

' Gives in `answer` the Python that runs under this command line, started if need be; or else why there is none.
Public Function Phuluc_Started(ByVal command As String, ByRef answer As Variant) As Boolean
    Phuluc_Started = XLPyDLLActivateAuto(answer, command, 1) = 0
End Function
