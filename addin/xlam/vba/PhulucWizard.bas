Attribute VB_Name = "PhulucWizard"
Option Explicit
Option Private Module
' The descriptions that Excel's function wizard shows. The module PhulucFunctions, which is generated, has the texts.

' Describes every function. Excel refuses that of an add-in ("Cannot edit a macro on a hidden workbook"), so that this
' workbook is none for the moment where it does. Where it still does, the functions work without descriptions.
Public Sub Phuluc_Describe()
    Dim updating As Boolean
    On Error Resume Next
    Phuluc_DescribeAll
    If Err.Number <> 0 Then
        updating = Application.ScreenUpdating
        Application.ScreenUpdating = False
        ThisWorkbook.IsAddin = False
        Phuluc_DescribeAll
        ThisWorkbook.IsAddin = True
        Application.ScreenUpdating = updating
    End If
    ThisWorkbook.Saved = True
End Sub

' Describes one function; `arguments` has a text for each.
Public Sub Phuluc_DescribeOne(ByVal name As String, ByVal about As String, ByVal category As String, _
    ByRef arguments() As String)
    Application.MacroOptions Macro:="'" & ThisWorkbook.Name & "'!" & name, Description:=about, _
        Category:=category, ArgumentDescriptions:=arguments
End Sub
