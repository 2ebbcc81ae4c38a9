Attribute VB_Name = "PhulucRibbon"
Option Explicit
' What the ribbon calls: customUI14.xml names these procedures.

Private years As Variant ' what stands in the two edit boxes; Empty until they were shown or typed into
Private sources As Variant

' Every button. Python does the work and tells the user; here, only what Python could not tell.
Public Sub Phuluc_Click(control As IRibbonControl)
    Dim answers As String, said As String
    On Error GoTo Failed
    If Not Answered(control.Tag, answers) Then Exit Sub
    phuluc_dispatch control.ID, Split(answers & vbLf, vbLf) ' never an empty array, at which xlwings stumbles
    Exit Sub
Failed:
    said = Err.Description
    If Err.Number <> PHULUC_FAULT Then said = Text_Stopped & vbLf & vbLf & said
    Application.StatusBar = False
    Phuluc_Say said
End Sub

' An edit box was typed into.
Public Sub Phuluc_Changed(control As IRibbonControl, text As String)
    If control.ID = "years" Then years = text Else sources = text
End Sub

' What an edit box shows.
Public Sub Phuluc_Text(control As IRibbonControl, ByRef returned)
    returned = Typed(control.ID)
End Sub

' Collects the answers name=value, a line each, that a tag stands for: the parts of a tag are answers, or "ask:boxes"
' for what stands in the edit boxes, or "ask:files" for files that the user picks. False: the user picked none.
Private Function Answered(ByVal tag As String, ByRef answers As String) As Boolean
    Dim part As Variant
    For Each part In Split(tag, ";")
        Select Case part
            Case "ask:files"
                part = PickedFiles
                If part = "" Then Exit Function
            Case "ask:boxes"
                part = "years=" & Typed("years") & vbLf & "sources=" & Typed("sources")
        End Select
        answers = answers & vbLf & part
    Next part
    Answered = True
End Function

Private Function PickedFiles() As String
    Dim picked As Variant, name As Variant
    picked = Phuluc_Picked(Text_Workbooks & ",*.xlsx;*.xlsm;*.xls;*.ods", Text_PickFiles)
    If Not IsArray(picked) Then Exit Function
    For Each name In picked
        PickedFiles = PickedFiles & vbLf & "file=" & name
    Next name
End Function

Private Function Typed(ByVal box As String) As String
    If IsEmpty(years) Then years = FiveYears(Year(Date) + 1)
    If IsEmpty(sources) Then sources = Text_Sources
    Typed = IIf(box = "years", years, sources)
End Function

' The five-year plan that a year belongs to: 2021-2025, 2026-2030 and so on.
Private Function FiveYears(ByVal given As Long) As String
    Dim first As Long
    first = ((given - 1) \ 5) * 5 + 1
    FiveYears = first & "-" & first + 4
End Function
