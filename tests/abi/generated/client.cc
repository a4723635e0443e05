// SPDX-License-Identifier: MIT
// A program that uses what was generated, as people write it in C++: the headers of the C++ library, the one that has the
// names __in and __out, and then what was generated.
#include <algorithm>
#include <fstream>
#include <functional>
#include <iostream>
#include <locale>
#include <map>
#include <memory>
#include <random>
#include <regex>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include <webservices-sal.h>

#include "thermostat.wsdl.h"

static double warmest(const GetReadingsResponse &answer)
{
    std::vector<double> degrees;

    for (unsigned i = 0; i < answer.readingCount; i++)
        degrees.push_back(answer.reading[i]->degrees);
    return degrees.empty() ? 0 : *std::max_element(degrees.begin(), degrees.end());
}

int main()
{
    GetReadingsResponse answer = {};
    CalibratedReadingType newest;
    WS_HTTP_BINDING_TEMPLATE none = {};
    WS_SERVICE_PROXY *proxy = nullptr;
    HRESULT hr = ThermostatBinding_CreateServiceProxy(&none, nullptr, 0, &proxy, nullptr);

    answer.newest = &newest;
    std::cout << hr << ' ' << warmest(answer) << ' ' << (newest.AsCalibratedReadingType() == answer.newest) << std::endl;
    return 0;
}
