// Written by test/cluster/rig/build/pin.ts from github.com/zegl/kube-score v1.20.0; do not edit.
module spillway.test/rig/kube-score
go 1.23.0
require github.com/zegl/kube-score v1.20.0
