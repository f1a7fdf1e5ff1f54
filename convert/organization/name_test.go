package organization

import "testing"

func TestSame(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"县卫健局", "县卫生健康局", true}, // was taken for two when title and cover were compared
		{"县住建局", "安平县住房和城乡建设局", true},
		{"安平县人民政府", "安平县政府", true},
		{"安平县教育局", "教育局", true},
		{"县教育局", "县体育局", false},
		{"县发展和改革局", "县财政局", false},
		{"东河镇", "西河镇", false},
		{"卫生健康局县", "县卫生健康局", false}, // the same characters in another order
	} {
		if Same(c.a, c.b) != c.same || Same(c.b, c.a) != c.same {
			t.Errorf("%s and %s: same %v, want %v", c.a, c.b, !c.same, c.same)
		}
	}
}

func TestIsOrgan(t *testing.T) {
	for name, want := range map[string]bool{
		"某县教育局": true, "东湖街道": true, "安平县人民政府(办公室)": true,
		"请填写单位全称": false, "局": false, "2024年教育局": false, "县教育局,县体育局": false, "工作情况": false,
	} {
		if IsOrgan(name) != want {
			t.Errorf("%s: %v", name, !want)
		}
	}
}

func TestCounty(t *testing.T) {
	for _, c := range []struct {
		want  string
		names []string
	}{
		{"安平县", []string{"安平县教育局", "安平县水务局", "县财政局"}},
		{"安平县", []string{"安平县教育局", "安平县水务局", "安平县林业局", "安平县司法局", "外县招商中心", "清河镇", "永安镇", "县财政局", "县民政局", "县统计局", "县信访局", ""}},
		{"", []string{"安平县教育局", "安平县水务局", "安平县林业局", "清河镇", "永安镇", "县财政局", "县民政局", "县统计局"}}, // too few to speak for the others
		{"", []string{"安平县政府", "营山县政府", "乐山市政府"}},
		{"", []string{"县教育局", "清河镇"}},
		{"", nil},
	} {
		if got := County(c.names); got != c.want {
			t.Errorf("%q: %q, want %q", c.names, got, c.want)
		}
	}
}
