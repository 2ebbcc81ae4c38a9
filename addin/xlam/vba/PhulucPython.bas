Attribute VB_Name = "PhulucPython"
Option Explicit
Option Private Module
' Finds Python and starts it, in place of the procedures that xlwings has for it. Those take their settings from a sheet
' of whatever workbook is open, or from a file beside it: a workbook received by mail could name the program to be run.
' They start Python through a shell that outlives a Python that fails, so that Excel stands still for two minutes; and
' they start another one for every workbook, whose name they put into the command line.

Public Const PHULUC_FAULT As Long = vbObjectError + 601 ' an error whose description is written for the user

#If Win64 Then
    Private Const DLL_NAME As String = "xlwings64-" & XLWINGS_VERSION & ".dll"
#Else
    Private Const DLL_NAME As String = "xlwings32-" & XLWINGS_VERSION & ".dll"
#End If

Private found As String ' the full name of Python's pythonw.exe, once it is known

' The Python that answers calls. What the generated wrappers call.
Public Function XLPy() As Object
    Dim python As String, folder As String, answer As Variant
    python = Phuluc_Interpreter
    folder = ParentFolder(python)
    ' The DLL stands beside Python; above it in a virtual environment.
    If Not Phuluc_Loaded(folder & "\" & DLL_NAME) Then
        If Not Phuluc_Loaded(ParentFolder(folder) & "\" & DLL_NAME) Then Refuse python, DLL_NAME
    End If
    If Not Phuluc_Started(Phuluc_Command(python), answer) Then Refuse python, CStr(answer)
    Set XLPy = answer
End Function

' The command line under which xlwings' DLL starts Python, and by which it knows it again. -P: no module is taken from
' the folder that Excel works in, which is the folder of the workbook.
Public Function Phuluc_Command(ByVal python As String) As String
    Phuluc_Command = """" & python & """ -P -c ""import xlwings; xlwings.serve('$(CLSID)')"""
End Function

' The full name of the first pythonw.exe that is there of those that the sheet phuluc.conf lists, the best one first.
Public Function Phuluc_Interpreter() As String
    Dim places As Range, place As Range, searched As String
    If found = "" Then
        Set places = ThisWorkbook.Worksheets(PROJECT_NAME & ".conf").UsedRange.Columns(2)
        For Each place In places.Cells
            If IsFile(FullName(place.Value)) Then
                found = FullName(place.Value)
                Exit For
            End If
            searched = searched & vbLf & FullName(place.Value)
        Next place
        If found = "" Then Err.Raise PHULUC_FAULT, PROJECT_NAME, Text_NoPython & vbLf & searched
    End If
    Phuluc_Interpreter = found
End Function

Private Sub Refuse(ByVal python As String, ByVal detail As String)
    Err.Raise PHULUC_FAULT, PROJECT_NAME, Text_NotStarted & vbLf & vbLf & python & vbLf & detail
End Sub

' A place with %NAME% as the environment has it; one that is no full name is looked for beside the add-in.
Private Function FullName(ByVal place As String) As String
    Dim parts() As String, i As Long
    parts = Split(place, "%")
    For i = 1 To UBound(parts) Step 2
        parts(i) = Environ$(parts(i))
    Next i
    FullName = Join(parts, "")
    If InStr(FullName, ":") = 0 And Left$(FullName, 2) <> "\\" Then FullName = ThisWorkbook.Path & "\" & FullName
End Function

Private Function IsFile(ByVal name As String) As Boolean
    On Error Resume Next ' GetAttr raises for a file or a drive that is not there
    IsFile = (GetAttr(name) And vbDirectory) = 0
End Function

Private Function ParentFolder(ByVal path As String) As String
    ParentFolder = Left$(path, InStrRev(path, "\") - 1)
End Function
